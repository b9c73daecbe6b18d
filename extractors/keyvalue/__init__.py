"""Labels with values: pieces of a page, candidates for each role, and one joint choice."""
