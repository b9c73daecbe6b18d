"""Facts about parties taken from documents."""
