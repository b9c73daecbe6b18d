"""Read: files become packets of documents with fields, each value with its place on the page."""
