"""One file per slip: a mistake of reading that may explain a difference."""
