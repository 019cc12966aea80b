"""What do we know? Pure facts, law and arithmetic: no file, socket, clock or environment."""
