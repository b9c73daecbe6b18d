"""Webhooks: events told to other systems by Standard Webhooks, to public addresses alone."""
