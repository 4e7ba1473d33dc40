"""How fast it is, as ratios against references that are timed in the same run."""
