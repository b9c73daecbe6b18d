"""Reads untrusted files in confined child processes."""
