"""What is promised to senders and receivers? JSON Schema and AsyncAPI, made from the types."""
