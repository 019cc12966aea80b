"""Where does a lease stand today? Late rent, the time to win the home back, notices, evictions."""
