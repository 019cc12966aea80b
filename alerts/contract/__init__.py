"""What do we say to others? The messages that leave Bokvar, and the topics they leave on."""
