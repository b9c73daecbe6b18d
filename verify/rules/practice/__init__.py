"""Checks that loan officers added by practice."""
