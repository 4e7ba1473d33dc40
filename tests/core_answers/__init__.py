"""What an answer says: tables per kind and language, splitting, commands, dates."""
