"""Which release of Bokvar this is."""

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """Its number; "unknown" where it runs from its source alone."""
    try:
        return version("bokvar")
    except PackageNotFoundError:
        return "unknown"
