"""What became of what: sections and measures matched between plans."""
