"""What does the person on call read? Faults in words with what to do, and a record's text."""
