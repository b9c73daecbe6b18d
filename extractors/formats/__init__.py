"""Bytes to pages, one file per format."""
