"""The few array kernels that must be fast: graphs as integer arrays, no names and no money."""
