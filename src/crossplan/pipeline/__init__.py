"""Run analyses declared in a file, into a folder that documents its origin."""
