"""pandoc, and its tree of a document as a parsed document."""
