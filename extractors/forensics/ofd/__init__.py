"""How an OFD file was made."""
