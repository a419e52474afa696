"""The chapters of a report, a file each: from results to blocks of text and tables."""
