"""The questions of all seminars that somebody instructs: where each was asked, and how it did."""
