"""Build the chapters of a report, one in each module, from the results."""
