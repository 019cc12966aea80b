"""How likely is trouble? Scores of a lease, each with the facts that moved it."""
