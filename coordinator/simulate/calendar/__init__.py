"""Ten calendar programs that answer a real invitation, each in its own dialect of mail and of iCalendar."""
