"""Web pages about people, their posts and accounts."""
