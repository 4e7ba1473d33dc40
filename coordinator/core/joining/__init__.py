"""From an invitation to an open seat: joining by mail, forms, rules about a role, and an advisor's look."""
