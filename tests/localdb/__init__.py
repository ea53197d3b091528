"""The database of our own: what it promises, and that it comes back after anything."""
