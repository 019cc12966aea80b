"""How do we talk to Kafka? Clients, topics, the log, and what its bytes say."""
