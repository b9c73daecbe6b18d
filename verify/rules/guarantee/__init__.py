"""Guarantees and the firms behind them."""
