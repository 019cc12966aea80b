"""What does a frame of the log change? Leases, tasks, messages and dead records, purely."""
