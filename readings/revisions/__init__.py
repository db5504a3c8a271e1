"""What becomes of blocks and passages when a text changes."""
