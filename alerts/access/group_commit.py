"""Many threads, one writer: what waits is done in one go, and each waits for its own answer."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Closed(Exception):
    """Nothing is done any more."""


class GroupCommit(Generic[Asked, Answer]):
    """Does things by `work`, up to `most` at once, in a thread named `name`.

    `work` answers for each in its order, or raises for all of them. The thread dies with the
    process: who waited has no answer then, and must not act on one.
    """

    def __init__(self, work: Callable[[list[Asked]], list[Answer]], most: int, name: str) -> None:
        self._work = work
        self._most = most
        self._waiting: queue.SimpleQueue[tuple[Asked, Future[Answer]] | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(self, asked: Asked) -> Answer:
        """Its answer, when it is done. `Closed`, or what `work` raised."""
        answer = Future[Answer]()
        with self._gate:  # so that nothing comes in behind the last
            if self._closed:
                raise Closed
            self._waiting.put((asked, answer))
        return answer.result()

    def close(self) -> None:
        """Do what waits, and then no more."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            together = [self._waiting.get()]
            while len(together) < self._most and not self._waiting.empty():
                together.append(self._waiting.get())
            going = together[-1] is not None
            self._answer([one for one in together if one is not None])

    def _answer(self, together: list[tuple[Asked, Future[Answer]]]) -> None:
        if not together:
            return
        try:
            answers = self._work([asked for asked, _ in together])
            for (_, future), answer in zip(together, answers, strict=True):
                future.set_result(answer)
        except BaseException as error:  # nobody may be left waiting
            for _, future in together:
                if not future.done():
                    future.set_exception(error)
