"""Equations between printed figures and the smallest change that restores them."""
