"""On how many examples a property is tried: all, or a share of them where EXAMPLES_ONE_OF asks for
a quick look (`make fast`)."""

import os

_ONE_OF = int(os.environ.get("EXAMPLES_ONE_OF", "1"))


def examples(number: int) -> int:
    """So many, or the share of them that is asked for; never fewer than three."""
    return max(3, number // _ONE_OF)
