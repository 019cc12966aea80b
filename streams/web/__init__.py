"""How is the worklist served? Its site is built on Kafka and the database, and put on a port."""
