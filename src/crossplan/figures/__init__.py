"""Draw figures in one style, with an embedded Chinese font."""
