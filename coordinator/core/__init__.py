"""What the program means: values and pure functions. No file, network, clock, chance or log."""
