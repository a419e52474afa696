"""Getting plans in: from the files of a series to plans that can be trusted."""
