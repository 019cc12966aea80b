"""A program whose fold is slower than what comes in: every frame takes a fifth of a second.

`python -m tests.slow worker` is a bokvar command of that program.
"""

import threading
from typing import Any

from streams.worker.frame_worker import FrameWorker

SECONDS = 0.2
_fold = FrameWorker.fold


def _slowly(self: FrameWorker, fetched: Any) -> Any:
    threading.Event().wait(SECONDS)
    return _fold(self, fetched)


if __name__ == "__main__":
    FrameWorker.fold = _slowly  # type: ignore[method-assign]
    from streams.cli import main

    main()
