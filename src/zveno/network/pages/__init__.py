"""Web pages about clusters, their members and agreements."""
