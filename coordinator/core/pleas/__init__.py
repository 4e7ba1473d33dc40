"""Calls for help, concerns, conflicts: told to a human at once, their words kept until released."""
