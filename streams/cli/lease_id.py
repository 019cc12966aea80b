"""A lease's id as a person writes or pastes it, in its one spelling."""

from models.contract import spelling


def as_spelled(given: str | None) -> str | None:
    """The lease id that is meant; what is none stays as it is, and is not found."""
    if given is None:
        return None
    return spelling.lease_id(given.strip()) or given
