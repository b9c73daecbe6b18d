"""Serve: the command line and the HTTP service over extractors, graphs and verify."""
