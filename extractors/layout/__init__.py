"""How words stand on a page: lines, cells, labels and their values, columns."""
