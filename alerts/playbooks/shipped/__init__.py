"""The playbooks of eight Swedish municipalities, from the 2014 report."""
