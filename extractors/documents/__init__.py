"""One file per type of paper, data first. Types are found by walking this package."""
