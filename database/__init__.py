"""How the app speaks with its database: the SQLite it runs on, and queries made once."""
