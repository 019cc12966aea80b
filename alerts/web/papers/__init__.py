"""How is a paper that came by post entered? Its fields, their checks, and the second look."""
