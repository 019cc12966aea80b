"""A log line says what happened and where; what was sent is in none."""

import asyncio
import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.quiet.logs import QuietFormatter, trail

ROOT = Path(__file__).resolve().parents[2]
CANARY = "Kanariefågel Kanin"


class Message:
    """What a library may log: its repr has the value."""

    def __repr__(self) -> str:
        return f"<Message {CANARY}>"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, as Bokvar formats it."""
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(QuietFormatter("%(name)s: %(message)s"))
    logging.root.addHandler(handler)
    yield sink
    logging.root.removeHandler(handler)


def _fail() -> None:
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise ValueError(f"cannot read {CANARY}") from error


def test_an_exception_is_logged_by_class_and_places_without_its_text(logged: io.StringIO) -> None:
    try:
        _fail()
    except ValueError as error:
        logging.getLogger("faust.agents").exception("Agent %r raised error: %r", Message(), error)
    line = logged.getvalue()
    assert CANARY not in line
    assert "Agent '<Message>' raised error: 'ValueError'" in line
    assert f"ValueError at {__name__}:" in line
    assert f"after KeyError at {__name__}:" in line


def test_an_exception_that_was_never_retrieved_is_logged_without_its_text(
    logged: io.StringIO,
) -> None:
    async def fail(text: str) -> None:
        raise ValueError(text)

    async def main() -> None:
        asyncio.get_running_loop().call_exception_handler(
            {"message": "Task exception was never retrieved", "future": asyncio.Future()}
        )
        asyncio.get_running_loop().call_exception_handler(
            {"message": f"Exception in callback fail({CANARY!r})", "exception": ValueError(CANARY)}
        )

    asyncio.run(main())
    assert CANARY not in logged.getvalue()
    assert "asyncio: Task exception was never retrieved\n" in logged.getvalue()
    assert "asyncio: Exception in callback fail (ValueError)\n" in logged.getvalue()


def test_what_a_log_call_cannot_format_is_told_without_its_arguments() -> None:
    record = logging.LogRecord(
        "aiokafka", logging.ERROR, __file__, 1, "offset %d of '%s'", (Message(), CANARY), None
    )
    assert QuietFormatter("%(name)s: %(message)s").format(record) == "aiokafka: offset %d of "


def test_numbers_and_addresses_are_told_as_they_are(logged: io.StringIO) -> None:
    logging.getLogger("aiokafka").error('no connection to "%s:%d"', "kafka-1", 9092)
    logging.getLogger("bokvar.relay").warning("again in %.1f s (%s)", 0.25, "KafkaError")
    assert 'aiokafka: no connection to "kafka-1:9092"\n' in logged.getvalue()
    assert "bokvar.relay: again in 0.2 s (KafkaError)\n" in logged.getvalue()


def test_a_line_break_or_an_escape_in_an_argument_forges_no_line(logged: io.StringIO) -> None:
    logging.getLogger("bokvar.worker").error("partition %s", "1\n2026 CRITICAL \x1b[2J\u202e")
    assert logged.getvalue() == "bokvar.worker: partition 1\\n2026 CRITICAL \\x1b[2J\\u202e\n"


@pytest.mark.parametrize(
    "fails",
    [
        "fail()",
        "import threading; t = threading.Thread(target=fail); t.start(); t.join()",
        "import gc\nclass Held:\n    def __del__(self): fail()\nHeld()",
        "from streams.worker.worker_faults import end_process\ntry: fail()\n"
        "except ValueError as error: end_process(error)",
    ],
    ids=["main thread", "another thread", "destructor", "worker's end"],
)
def test_a_process_that_dies_of_a_fault_does_not_quote_it(fails: str) -> None:
    program = (
        "from streams.quiet.logs import install\ninstall()\n"
        f"def fail():\n    value = '{CANARY}'\n    raise ValueError(value + ' quoted')\n{fails}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "ValueError at " in ran.stderr
    assert "__main__:" in ran.stderr
    assert CANARY not in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_fault_of_a_command_is_told_in_one_line_with_status_1(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom streams import cli\nfrom streams.cli import verify\n"
        f"def fail(*a, **k): raise ValueError('{CANARY}')\n"
        "verify.opened = fail\nsys.argv = ['bokvar', 'verify']\ncli.main()\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("bokvar: Bokvar itself failed: ValueError at ")
    assert ran.stderr.count("\n") == 1
    assert CANARY not in ran.stderr


def test_no_module_logs_a_traceback_or_the_text_of_an_exception() -> None:
    for room in ("models", "alerts", "streams"):
        for file in (ROOT / room).rglob("*.py"):
            text = file.read_text()
            if file.name != "logs.py":
                assert "exc_info" not in text, file
            assert "log.exception(" not in text, file
            assert "print_exc" not in text, file


def test_the_trail_of_an_exception_that_was_never_raised_is_its_class() -> None:
    assert trail(ValueError(CANARY)) == "ValueError"
