"""Where things are kept: SQLite or PostgreSQL, one store per noun. `database` and `stores` are cheap to import."""
