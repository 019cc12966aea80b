"""How is a model made, and does it earn its place? Training, comparison, storage and report."""
