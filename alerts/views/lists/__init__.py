"""What is on a list, in which order, and what is left out of it?"""
