"""One quiet style for all figures, with a Chinese font that is always there."""
