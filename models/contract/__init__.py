"""What may be said to us? The facts, their envelope and who may send them; form 3."""
