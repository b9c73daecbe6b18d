"""What the making of a file says."""
