"""Pages of the desk: what waits for somebody, and letters in development."""
