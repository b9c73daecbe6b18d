"""The same paper or invoice used twice."""
