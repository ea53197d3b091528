"""Pages of documents: files to download, and what anybody may verify."""
