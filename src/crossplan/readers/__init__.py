"""Reading files and pages of every form as lines; what they contain is never trusted."""
