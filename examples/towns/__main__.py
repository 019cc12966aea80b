"""`python -m examples.towns`, which is what `make towns-backtest` runs."""

from examples.towns.run import main

if __name__ == "__main__":
    main()
