"""Entities and relations that come from elsewhere than an application's papers."""
