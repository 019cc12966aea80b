"""What does a person do with one case? Opening it, telling an act in it, and showing it whole."""
