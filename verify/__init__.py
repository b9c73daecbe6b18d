"""Judge: rules over a packet, its graph and its history; findings, score, report."""
