"""How does it move? Kafka in and out, and the `bokvar` command; no business rule here."""
