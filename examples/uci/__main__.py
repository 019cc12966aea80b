"""`python -m examples.uci`, which is what `make uci` runs."""

from examples.uci.run import main

if __name__ == "__main__":
    main()
