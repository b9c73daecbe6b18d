"""The audit chain: who did what, in an order that cannot be changed without it being seen."""
