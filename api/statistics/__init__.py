"""Figures over an organisation's cases: bands, decisions, files that several applications share,
and how right each rule was.
"""
