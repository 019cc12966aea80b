"""Which rules hold here? What a log is folded with, by digest, and how far one program may go."""
