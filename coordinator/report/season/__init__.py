"""The report of a program, a cohort or an advisor: as a page with pictures, as sheets, as lines for a terminal."""
