"""What is shown? Read-only queries for people."""
