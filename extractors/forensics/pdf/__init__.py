"""How a PDF file was made."""
