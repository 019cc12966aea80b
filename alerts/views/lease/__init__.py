"""What is known of one lease, as people read it?"""
