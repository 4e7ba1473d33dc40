"""What a pair agrees on: its clauses, its versions, and how the mailer keeps to them."""
