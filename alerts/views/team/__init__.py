"""What does a team leader see? Load, clocks at risk, meetings and registers."""
