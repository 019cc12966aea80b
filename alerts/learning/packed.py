"""Files that may be packed, and why one cannot be read."""

import gzip
import zlib
from pathlib import Path
from typing import IO, cast

UNREADABLE = (EOFError, OSError, zlib.error)  # what reading one raises, packed or not


def unpacked(path: Path) -> IO[bytes]:
    """The file's content to be read, unpacked if its name ends in .gz."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def why(error: Exception) -> str:
    """The reason of an `UNREADABLE` in words."""
    return getattr(error, "strerror", None) or str(error)
