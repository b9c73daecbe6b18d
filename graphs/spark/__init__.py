"""Guarantee circles of portfolios too large for one machine."""
