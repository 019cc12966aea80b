"""The worklist's site over the running system: Kafka is asked when it is first needed."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Engine

from alerts.access.audit import AuditLog
from alerts.access.claims import ClaimNames
from alerts.access.oidc import Provider
from alerts.playbooks.towns import Towns
from alerts.settings import Settings
from alerts.web.remembered import RememberedViews
from alerts.web.site import DevelopmentLogin, Site
from streams.kafka.event_log import KafkaEventLog
from streams.kafka.unfit_event import unfit
from streams.proof.places import own_topic
from streams.web.status import LiveStatus


@contextmanager
def site(
    settings: Settings,
    engine: Engine,
    *,
    login: Provider | DevelopmentLogin,
    towns: Towns,
    url: str,
    issuer: str | None = None,
) -> Iterator[Site]:
    """A site under the public address `url`; `issuer` is the login provider's origin. At the end
    what waits to be noted in the audit is noted."""
    with ExitStack() as stack:
        log = KafkaEventLog(settings, engine, lambda: own_topic(settings, engine))
        stack.callback(log.close)
        audit = AuditLog(engine, time.time)
        stack.callback(audit.close)
        yield Site(
            engine=engine,
            log=log,
            audit=audit,
            login=login,
            status=LiveStatus(settings, engine),
            unfit=unfit,
            url=url,
            towns=towns,
            remembered=RememberedViews(time.monotonic),
            claims=ClaimNames(**settings.oidc_claims),
            issuer=issuer,
            language=settings.language,
            templates=settings.letter_templates,
        )
