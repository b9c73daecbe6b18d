"""Whether two mentions are the same company or person."""
