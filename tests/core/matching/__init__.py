"""Matching, by tables and by chance."""
