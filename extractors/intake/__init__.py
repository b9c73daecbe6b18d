"""From what a user hands in to single files, and each file to a reading made in a confined process."""
