"""pandoc, and its tree of a document as a draft."""
