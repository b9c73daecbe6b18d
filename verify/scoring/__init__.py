"""Points, bands and coverage."""
