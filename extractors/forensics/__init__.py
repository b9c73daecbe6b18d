"""Observers of how a file was made: each states what it sees and judges nothing."""
