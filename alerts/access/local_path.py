"""Where to go after login: a page of this site, whatever a link asked for."""

HOME = "/"
_LONGEST = 2_000  # characters


def local_path(asked: str) -> str:
    """`asked` if it is a path of this site, else the site's first page.

    A browser reads `//host` and `/\\host` as another site, and drops control characters before it
    looks.
    """
    fine = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if fine and asked.isprintable() and len(asked) <= _LONGEST else HOME
