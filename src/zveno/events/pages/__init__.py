"""Pages of events, groups, check-in and certificates."""
