"""What is on a list? Its rows, its tabs, and what it is filtered by."""
