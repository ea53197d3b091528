"""The kit's own pages: the gallery, the view and the language."""
