"""How does the running system stand? Asked of Kafka and the database, for commands and pages."""
