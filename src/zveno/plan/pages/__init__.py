"""Web pages about plans."""
