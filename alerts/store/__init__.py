"""How is it kept? A frame in one transaction, the outbox, the schema and its migrations."""
