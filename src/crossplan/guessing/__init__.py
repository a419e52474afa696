"""Any other plan: marks and outline guessed from a text, and a series started from files."""
