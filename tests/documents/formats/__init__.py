"""Original essays in many formats, each with one truth written by hand."""
