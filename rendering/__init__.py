"""HTML that is kept: in a bounded store, with slots for what is each viewer's own."""
