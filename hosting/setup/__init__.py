"""Setting an instance up: what a first host must say, asked, tried out and written down."""
