"""One paper against another."""
