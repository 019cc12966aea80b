"""The settings of Kafka's security, as Faust takes them."""

import ssl
from typing import Any

import faust

from alerts.settings import Settings


def security(settings: Settings) -> dict[str, Any]:
    """Faust's credentials for the cluster."""
    protocol = settings.security["protocol"]
    if protocol == "PLAINTEXT":
        return {}
    context = None
    if protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=settings.security.get("ca"))
    if not protocol.startswith("SASL"):
        return {"broker_credentials": faust.SSLCredentials(context)}
    credentials = faust.SASLCredentials(
        username=settings.security.get("user"),
        password=settings.security.get("password"),
        mechanism=settings.security.get("sasl", "PLAIN"),
        ssl_context=context,
    )
    return {"broker_credentials": credentials}
