"""What the pages about children ask for."""
