"""`python -m streams.cli` is `bokvar`."""

from streams.cli import main

main()
