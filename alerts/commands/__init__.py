"""What may a person do? A verb a file."""
