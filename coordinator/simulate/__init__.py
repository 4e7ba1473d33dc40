"""Invented people who answer mail in the shapes of real clients, and the clock that they live by."""
