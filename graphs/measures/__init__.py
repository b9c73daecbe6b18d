"""One measure per file, each a pure function from PartyGraph to patterns."""
