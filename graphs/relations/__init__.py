"""Relations built from the documents of packets."""
