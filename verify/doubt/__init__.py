"""Doubts the reading before the company: which differences a mistake of reading may explain."""
