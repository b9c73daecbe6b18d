"""Organisations, people, roles, sessions and keys."""
