"""Engines that read text in pictures, behind one protocol."""
