"""The names of those who go together, as a task keeps them: said in each reader's own language."""

import re

JOIN = "; "
_EARLIER = re.compile(r",| och | and ")  # how names were joined once, in the planner's language


def names_in(who: str | None) -> frozenset[str]:
    """Whoever is named, in both ways of joining: a name may itself have a comma."""
    text = who or ""
    return frozenset(one.strip() for one in (*text.split(JOIN), *_EARLIER.split(text))) - {""}
