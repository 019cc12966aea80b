"""Is it what the log says? Checkpoints, and the database compared with the log."""
