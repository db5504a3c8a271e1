"""What is kept of a person: all of it to download, and its erasure."""
