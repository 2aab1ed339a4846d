"""One file per claim. Each measures ours against a baseline in the same run and prints ratios; none is a test."""
