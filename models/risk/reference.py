"""What a model keeps of the values that it learnt from, to see later how far they have moved."""

from msgspec import Struct


class Reference(Struct, frozen=True):
    """How values lay when a model learnt: the share of them in each bin, lowest first; a bin begins
    at each of `edges`, and the first below them all."""

    edges: tuple[float, ...]
    shares: tuple[float, ...]
