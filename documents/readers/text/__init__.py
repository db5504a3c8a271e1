"""Plain text, by its empty lines, indents and capitals."""
