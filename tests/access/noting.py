"""Notes entries from a process of its own: `python -m tests.access.noting URL NAME COUNT`."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from alerts.access.audit import AuditLog, Entry
from alerts.store.database import open_database


def entry(subject: str, action: str = "look") -> Entry:
    """An entry of that person."""
    return Entry(subject, "caseworker", "0181", action, "559990-0013:7A", {"page": "lease"})


def main() -> None:
    """Note `COUNT` entries of `NAME`, from four threads."""
    _, url, name, count = sys.argv
    engine = open_database(url)
    log = AuditLog(engine, time.time)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: log.note(entry(f"{name}-{number}")), range(int(count))))
    log.close()
    engine.dispose()


if __name__ == "__main__":
    main()
