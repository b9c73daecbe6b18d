"""Pictures of papers to pages: straightening, ruling lines, seals, the cascade of readers, quality."""
