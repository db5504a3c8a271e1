"""Questions in files: each format reads into and writes from the same plain data."""
