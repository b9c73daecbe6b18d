"""Connections that the service opens to addresses typed by users."""
