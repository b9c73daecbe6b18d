"""What kind of document a page is, and which pages of a file make one document."""
