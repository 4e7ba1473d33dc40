"""Replies from mail bytes to answers: generated over every shipped prompt, and written by hand."""
