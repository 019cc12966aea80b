"""What runs on this machine alone? A broker, child processes, and the whole road in one place."""
