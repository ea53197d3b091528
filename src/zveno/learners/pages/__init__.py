"""Web pages about children."""
