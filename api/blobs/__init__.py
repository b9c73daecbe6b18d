"""Blobs: bytes kept by the digest of their content, each organisation's apart."""
