"""Graphs written to and read from files."""
