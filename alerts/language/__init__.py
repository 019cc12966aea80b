"""How is it said? Names and arguments become sentences here, and only here."""
