"""A mentee's search for a mentor: advisors' gates, or requests of their own; both say yes before it is a pair."""
