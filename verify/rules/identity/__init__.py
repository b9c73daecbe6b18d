"""Codes, numbers and dates that carry their own check."""
