"""Tables of account statements, read by what stands in them."""
