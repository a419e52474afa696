"""Reading the files of a series, and loading its plans."""
