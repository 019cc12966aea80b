"""`python -m bench.pages`: the worklist's pages with a million leases and 20,000 open tasks.

Fifty people ask for a page a second each for a minute, then as fast as they are answered. Two
processes of `bokvar web` and PostgreSQL share the machine with those who ask.
"""

import asyncio
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import msgspec
import psutil
import requests
import typer
from sqlalchemy import Engine

from alerts.web.links import link
from bench.pages.paint import first_paint
from bench.pages.town import fill
from bench.pages.users import Asked, User, together
from bench.pages.visits import cookies, visits
from streams.embedded.broker.config import free_ports
from tests.alerts.filling import migrated
from tests.processes import BokvarProcess
from tests.servers import PostgresServer, fresh_database
from tests.waiting import wait_until

GOAL_P95, GOAL_RATE = 40.0, 150.0  # ms; requests a second
_SETTINGS = {"shared_buffers": "512MB", "max_connections": "60"}
_WARM = 5.0  # seconds that are not counted
_FINE = {200, 303}

Leases = Annotated[int, typer.Option(min=10_000, help="How many leases there are.")]
Tasks = Annotated[int, typer.Option(min=1_000, help="How many open tasks.")]
Users = Annotated[int, typer.Option(min=1, help="How many people.")]
Seconds = Annotated[float, typer.Option(min=5, help="How long they ask once a second.")]


def main(
    leases: Leases = 1_000_000, tasks: Tasks = 20_000, users: Users = 50, seconds: Seconds = 60.0
) -> None:
    """Fill a town, serve it, and print how long the answers took; the last line is JSON."""
    with ExitStack() as stack:
        server = stack.enter_context(PostgresServer(_SETTINGS))
        url = stack.enter_context(fresh_database(server.url))
        engine = stack.enter_context(migrated(url))
        print(f"Filling {leases:,} leases and {tasks:,} open tasks ...", file=sys.stderr)
        fill(engine, leases, tasks)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bokvar-pages-")))
        port = free_ports(1)[0]
        stack.callback(_served(folder, url, port).end)
        found = _measure(engine, port, users, seconds)
        (cookie,) = cookies(engine, 1, time.time())
        paint = first_paint(f"http://127.0.0.1:{port}{link('today')}", cookie)
        found["first_contentful_paint_ms"] = round(paint)
    print(msgspec.json.encode(found).decode(), flush=True)


def _served(folder: Path, url: str, port: int) -> BokvarProcess:
    """`bokvar web` in two processes. Nobody logs in: the sessions are there already."""
    base = f"http://127.0.0.1:{port}"
    environment = {
        "BOKVAR_DATABASE": url,
        "BOKVAR_DATA": str(folder),
        "BOKVAR_SITE_URL": base,
        "BOKVAR_SITE_PORT": str(port),
        "BOKVAR_OIDC_ISSUER": "http://127.0.0.1:1",
        "BOKVAR_OIDC_CLIENT": "bench",
    }
    web = BokvarProcess("web", "--workers", "2", folder=folder, environment=environment)

    def answers() -> bool:
        assert web.exit_code is None, web.errors
        try:
            return requests.get(base + link("healthy"), timeout=5).ok
        except requests.RequestException:
            return False

    wait_until(answers, 60, "the site answers")
    return web


def _measure(engine: Engine, port: int, users: int, seconds: float) -> dict[str, Any]:
    here = visits(engine)
    people = [
        User(port, cookie, here, seed)
        for seed, cookie in enumerate(cookies(engine, users, time.time()))
    ]
    asyncio.run(together(people, _WARM, 1.0))
    steady = asyncio.run(together(people, seconds, 1.0))
    _print(f"{users} people, a page a second each, {seconds:g} s", steady)
    pressed = asyncio.run(together(people, seconds / 4, 0.0))
    rate = len(pressed) / (seconds / 4)
    print(f"as fast as they are answered: {rate:.0f} requests/s", file=sys.stderr)
    worst = max(_p95(times) for times in _by_page(steady).values())
    return {
        "p95_ms": round(worst, 1),
        "p95_all_ms": round(_p95([one.seconds * 1000 for one in steady]), 1),
        "errors": sum(one.status not in _FINE for one in (*steady, *pressed)),
        "requests_per_second": round(rate),
        "load": round(psutil.getloadavg()[0], 1),
        "goals_met": worst <= GOAL_P95 and rate >= GOAL_RATE,
    }


def _print(title: str, asked: Sequence[Asked]) -> None:
    print(f"{title}\n{'page':16} {'asked':>6} {'median':>8} {'p95':>8} ms", file=sys.stderr)
    for page, times in sorted(_by_page(asked).items()):
        said = f"{page:16} {len(times):6} {median(times):8.1f} {_p95(times):8.1f}"
        print(said, file=sys.stderr)


def _by_page(asked: Sequence[Asked]) -> dict[str, list[float]]:
    found = defaultdict[str, list[float]](list)
    for one in asked:
        found[one.page].append(one.seconds * 1000)
    return found


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    typer.run(main)
