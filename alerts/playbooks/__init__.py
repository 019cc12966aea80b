"""How does a town work? Playbooks as data: read, checked, compiled, asked what a lease needs."""
