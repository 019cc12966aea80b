"""What may be read by others: logs without what was sent, and text that a terminal only shows."""
