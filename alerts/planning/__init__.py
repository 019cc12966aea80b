"""Who visits whom today? The worklist, the people who are here, and their hours."""
