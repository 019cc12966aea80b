"""What do we do about it? Cases, visit tasks and the store that keeps them; no Kafka here."""
