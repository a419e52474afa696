"""Reading any file as a plan by guessing its marks and outline; making new series."""
