"""Column headings of banks' and payment platforms' statements, one data file an issuer."""
