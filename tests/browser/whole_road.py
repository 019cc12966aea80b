"""The worklist as it is at work: Kafka, a worker, a relay, `bokvar web`, and people who log in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import requests

from alerts.web.links import link
from models.contract import facts
from models.contract.events import Event
from streams.embedded.broker.config import free_ports
from streams.embedded.pipeline import Pipeline
from tests.browser.identity_provider import IdentityProvider, Person
from tests.builders import MUNICIPAL, lease_id, say
from tests.processes import BokvarProcess
from tests.waiting import wait_until
from tests.web.lived import events

PATIENCE = 60.0
CONSENTED = 5  # the lease whose tenant has consented
PEOPLE = {
    "anna": Person("Anna Andersson", ("caseworker",), "0181"),
    "berit": Person("Berit Berg", ("caseworker",), "0181"),
    "lena": Person("Lena Larsson", ("team_leader",), "0181"),
    "hugo": Person("Hugo Hyresvärd", ("landlord",), landlord="559990-0013"),
    "olle": Person("Olle Drift", ("operator",)),
    "greta": Person("Greta Granskare", ("auditor",)),
    "nils": Person("Nils Nilsson", ()),
}


class Road(NamedTuple):
    """Where the site is, and what it stands on."""

    base: str
    pipeline: Pipeline
    web: BokvarProcess


@contextmanager
def whole_road(
    folder: Path, kafka: str, prefix: str, identity_provider: Callable[..., IdentityProvider]
) -> Iterator[Road]:
    """All of it over the small lived town, while the block lasts."""
    port = free_ports(1)[0]
    base = f"http://localhost:{port}"
    provider = identity_provider(
        PEOPLE, returns_to=base + link("auth"), leaves_to=base + link("goodbye")
    )
    secret = folder / "secret"
    secret.write_text(provider.client_secret)
    with Pipeline(folder / "road", kafka=kafka, prefix=prefix, partitions=3) as pipeline:
        pipeline.publish([*events(), _consent()])
        pipeline.wait_idle(PATIENCE)
        environment = {
            **pipeline.environment,
            "BOKVAR_SITE_URL": base,
            "BOKVAR_SITE_PORT": str(port),
            "BOKVAR_OIDC_ISSUER": provider.issuer,
            "BOKVAR_OIDC_CLIENT": provider.client_id,
            "BOKVAR_OIDC_SECRET_FILE": str(secret),
        }
        web = BokvarProcess("web", folder=folder, environment=environment)
        try:
            wait_until(lambda: _answers(web, base), PATIENCE, "the site answers")
            yield Road(base, pipeline, web)
        finally:
            web.end()


def _consent() -> Event:
    """Its landlord may hear what comes of one of the cases."""
    return say(
        facts.ConsentGiven,
        MUNICIPAL,
        lease_id=lease_id(CONSENTED),
        scope="all",
        on="2026-03-01",
    )


def _answers(web: BokvarProcess, base: str) -> bool:
    assert web.exit_code is None, web.errors
    try:
        return requests.get(base + link("healthy"), timeout=5).ok
    except requests.RequestException:
        return False
