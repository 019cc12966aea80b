"""Playwright's event loop, put aside while a test that knows nothing of it runs.

Between its calls Playwright leaves its loop marked as the thread's running one: after the first
browser test, `asyncio.run` would be refused to every other test of the same process.
"""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Iterator
from contextlib import contextmanager

_aside: list[AbstractEventLoop] = []


def take_up() -> None:
    """Before Playwright is called: mark its loop as running, if it has one."""
    if _aside:
        asyncio._set_running_loop(_aside.pop())


def put_aside() -> None:
    """After Playwright was called: let other loops run in this thread."""
    try:
        _aside.append(asyncio.get_running_loop())
    except RuntimeError:  # Playwright was not started, or has ended
        return
    asyncio._set_running_loop(None)


@contextmanager
def aside() -> Iterator[None]:
    """For a browser test that runs a loop of its own in between."""
    put_aside()
    try:
        yield
    finally:
        take_up()
