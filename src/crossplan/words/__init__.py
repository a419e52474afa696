"""The words of plans: segmentation and frequency."""
