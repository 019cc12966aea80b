"""What is known of one lease? Its state, and how facts change it."""
