"""How does a town work, as people read it?"""
