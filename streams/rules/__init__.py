"""How do rules come into the log? Published to every partition, passed by one release at a time."""
