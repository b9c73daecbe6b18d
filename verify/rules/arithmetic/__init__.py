"""Sums, chains and writings within one paper."""
