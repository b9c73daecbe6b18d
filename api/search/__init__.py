"""Search over cases and what their papers say."""
