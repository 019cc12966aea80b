"""How does a town work? Playbooks as data: read, checked, compiled, and asked what a lease needs."""
