"""The notebook: all that a person has marked and written; and what a member has written."""
