"""Logs and faults say what happened and where, never what somebody sent.

An exception's text may quote a value (a database's error its row, a decoder's the field), as may
the repr of an object that a library logs. So of exceptions only class and places are told, of
other objects the class, and everything on one line, whoever logs it.
"""

import logging
import logging.config
import sys
import threading
from datetime import date
from traceback import walk_tb
from types import TracebackType
from typing import Any

from streams.quiet.once_a_minute import LIBRARIES, OWN, OnceAMinute
from streams.quiet.printable import printable

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_ROOMS = ("models.", "alerts.", "streams.")
_PLAIN = (str, int, float, date, type(None))
_QUOTES = ("<", "(", "'", '"', "{", "[", "`", "\n")  # where a library's finished text may quote


class QuietFormatter(logging.Formatter):
    """One line a record, with no text of an exception and no repr of an object."""

    def __init__(self, fmt: str = LINE) -> None:
        super().__init__(fmt)

    def format(self, record: logging.LogRecord) -> str:
        """The record's line."""
        quiet = logging.makeLogRecord(record.__dict__)
        quiet.msg, quiet.args = _message(record), None
        quiet.exc_info = quiet.exc_text = quiet.stack_info = None
        return printable(super().format(quiet))


def configuration() -> dict[str, Any]:
    """The same for who configures logging from a dictionary, as Faust does."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"quiet": {"()": QuietFormatter}},
        "filters": {"once a minute": {"()": OnceAMinute}},
        "handlers": {
            "quiet": {
                "class": "logging.StreamHandler",
                "formatter": "quiet",
                "filters": ["once a minute"],
            }
        },
        "root": {"level": "WARNING", "handlers": ["quiet"]},
        # Libraries warn of much that mends itself.
        "loggers": {OWN: {"level": "INFO"}} | {name: {"level": "ERROR"} for name in LIBRARIES},
    }


def install() -> None:
    """From now on this process dies without a word of what was sent, and logs without it."""
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(QuietFormatter("%(message)s"))
    logging.raiseExceptions = False  # a failing log call would print its arguments
    sys.excepthook = _tell_fault
    threading.excepthook = lambda fault: _tell(fault.exc_value or fault.exc_type())
    sys.unraisablehook = lambda fault: _tell(fault.exc_value or fault.exc_type())


def begin() -> None:
    """Warnings of this process, and its own lines, go to standard error from now on."""
    logging.config.dictConfig(configuration())


def trail(error: BaseException) -> str:
    """An exception's class, the places in Bokvar that it came through and where it was raised;
    and the same of its causes."""
    passed = [
        (frame.f_globals.get("__name__", "?"), line) for frame, line in walk_tb(error.__traceback__)
    ]
    last = len(passed) - 1
    places = [
        f"{module}:{line}"
        for at, (module, line) in enumerate(passed)
        if at == last or module.startswith(_ROOMS)
    ]
    because = "" if error.__cause__ is None else f"; after {trail(error.__cause__)}"
    return type(error).__name__ + (f" at {' > '.join(places)}" if places else "") + because


def fault(error: BaseException) -> str:
    """What to say of a fault of Bokvar's own."""
    return f"Bokvar itself failed: {trail(error)}"


def _tell(error: BaseException) -> None:
    print(f"bokvar: {fault(error)}", file=sys.stderr, flush=True)


def _tell_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, None)
    else:
        _tell(error)


def _message(record: logging.LogRecord) -> str:
    text = str(record.msg) if isinstance(record.msg, str) else _plain(record.msg)
    if record.args:
        args = record.args
        told = tuple(map(_plain, args)) if isinstance(args, tuple) else _named(args)
        try:
            text = text % told
        except (TypeError, ValueError, KeyError):  # a form that the class's name does not fit
            text = _unquoted(text)
    elif not record.name.startswith(OWN):
        text = _unquoted(text)
    error = record.exc_info[1] if record.exc_info else None
    return text if error is None else f"{text} ({trail(error)})"


def _named(args: Any) -> dict[str, Any]:
    return {name: _plain(value) for name, value in args.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, _PLAIN) else f"<{type(value).__name__}>"


def _unquoted(text: str) -> str:
    """A finished text up to where it may begin to quote."""
    return text[: min((at for quote in _QUOTES if (at := text.find(quote)) >= 0), default=None)]
