"""Who may see and do what? Login, sessions, the audit, and the glass that is broken at need."""
