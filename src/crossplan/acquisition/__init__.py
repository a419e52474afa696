"""Getting plans: read from any file, fetched, added, verified, collated."""
