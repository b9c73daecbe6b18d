"""A report in words: what to read aloud, what would change the band, what was not checked."""
