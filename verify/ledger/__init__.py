"""Transactions of accounts, classified and matched."""
