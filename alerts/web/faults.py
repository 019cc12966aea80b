"""What ends a request before its page: each becomes a page that says what to do."""

from alerts.access.scope import Opening


class NotThere(Exception):
    """There is no such thing, or not for this person: the page does not say which."""


class ClosedCase(Exception):
    """The person may not open the case; `why` is never ELSEWHERE, that is `NotThere`."""

    def __init__(self, lease_id: str, why: Opening) -> None:
        super().__init__(why.value)
        self.lease_id, self.why = lease_id, why


class Wrong(Exception):
    """What was given cannot be; the text is a whole sentence in the person's language."""


class SeenBefore(Exception):
    """Somebody else has acted since the page was shown; `acts` say what, `page` is the address of
    it as it is now."""

    def __init__(self, page: str, acts: list[str], stamp: str) -> None:
        super().__init__(page)
        self.page, self.acts, self.stamp = page, acts, stamp
