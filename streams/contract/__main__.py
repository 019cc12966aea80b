"""`python -m streams.contract`: write the contract's documents anew."""

from streams.contract.documents import main

main()
