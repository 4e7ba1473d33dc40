"""Who could mentor whom: profiles, hard rules, a score, and the best set of pairs. Nothing here decides for a human."""
