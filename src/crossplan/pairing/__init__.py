"""Pairing two lists one to one, and what a reviewer says of the pairs."""
