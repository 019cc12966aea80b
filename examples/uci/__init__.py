"""Real monthly payment behaviour as rent events: see README.md beside this file."""
