"""Looking at how it goes: on which days, with which questions, and what the two, or the program, see of it."""
