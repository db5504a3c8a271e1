"""Views, by noun: threads, comments, and the desk of those who moderate."""
