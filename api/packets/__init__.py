"""Packets: made, filled with files, submitted, verified, corrected, erased."""
