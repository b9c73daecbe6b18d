"""Phrases and tables that forensic rules share."""
