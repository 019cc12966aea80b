"""Two simulated towns: a model learnt in one is judged on the other's later year."""
