"""Reading files and pages in several formats as lines, as untrusted input."""
