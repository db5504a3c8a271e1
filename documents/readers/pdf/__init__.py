"""What a PDF page holds, from its characters to an essay's blocks."""
