"""Forms of clusters, their members and agreements."""
