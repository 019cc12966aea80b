"""How is the log folded? A Faust worker over frames, and what it tells of itself."""
