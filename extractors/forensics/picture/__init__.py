"""How a picture was made."""
