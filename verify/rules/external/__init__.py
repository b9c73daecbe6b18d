"""Checks that a reviewer makes elsewhere and records."""
