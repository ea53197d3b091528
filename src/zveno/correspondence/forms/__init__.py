"""What is typed when a cluster and its members talk."""
