"""Every option of the running system: name, default and one sentence."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from alerts import site_settings
from alerts.language.sentences import LANGUAGES


class SettingError(Exception):
    """An option has a value that cannot be used; the text says which and how to mend it."""


class Settings(Struct, frozen=True, kw_only=True):
    """The options, as read from the environment by `read`."""

    kafka: str
    kafka_patience: int
    database: str
    data: Path
    prefix: str
    partitions: int
    replication: int
    group: str
    web_host: str
    web_port: int
    language: str
    letter_templates: Path | None
    models: Path
    checkpoint_hours: int
    instance: str | None
    site_url: str
    site_host: str
    site_port: int
    oidc_issuer: str
    oidc_client: str
    oidc_secret_file: Path | None
    oidc_scopes: str
    oidc_claims: dict[str, str]
    security: dict[str, str]


class Option(Struct, frozen=True):
    """An option as it is told to people."""

    name: str
    default: str
    sentence: str


OPTIONS = (
    Option("BOKVAR_DATA", ".bokvar", "Folder of the embedded broker, SQLite and checkpoints."),
    Option("BOKVAR_KAFKA", "127.0.0.1:9092", "Bootstrap addresses of the Kafka cluster."),
    Option("BOKVAR_KAFKA_PATIENCE", "10", "Seconds to wait for a broker's first answer."),
    Option(
        "BOKVAR_DATABASE",
        "sqlite:///<BOKVAR_DATA>/bokvar.db",
        "Database address: sqlite:///path or postgresql+psycopg://user:password@host/name.",
    ),
    Option("BOKVAR_PREFIX", "", "Put before topic names, so that systems can share a cluster."),
    Option("BOKVAR_PARTITIONS", "12", "Partitions of the event topic; fixed by `bokvar init`."),
    Option("BOKVAR_REPLICATION", "1", "Copies of each topic; 3 on a cluster of three."),
    Option("BOKVAR_GROUP", "bokvar", "Consumer group of the workers."),
    Option("BOKVAR_WEB_HOST", "0.0.0.0", "Address on which a worker answers health and metrics."),
    Option("BOKVAR_WEB_PORT", "6066", "Port on which a worker answers health and metrics."),
    Option("BOKVAR_LANGUAGE", "sv", "Language of what is sent and shown: sv or en."),
    Option("BOKVAR_PLAYBOOKS", "", "Folder of a town's own playbooks (docs/playbooks.md)."),
    Option(
        "BOKVAR_LETTER_TEMPLATES", "", "Folder of a town's own templates of letters, by language."
    ),
    Option(
        "BOKVAR_MODELS",
        "<BOKVAR_DATA>/models",
        "Folder of the risk models that were trained.",
    ),
    Option(
        "BOKVAR_CHECKPOINT_HOURS",
        "24",
        "Hours between the checkpoints that the scheduler takes; 0 for none.",
    ),
    Option(
        "BOKVAR_INSTANCE",
        "",
        "A worker's lasting name: restarted under it, it gets its partitions back at once.",
    ),
    Option("BOKVAR_SITE_URL", "", "The worklist's public address: https://host, with no path."),
    Option("BOKVAR_SITE_HOST", "127.0.0.1", "Address on which the worklist answers."),
    Option("BOKVAR_SITE_PORT", "8080", "Port on which the worklist answers."),
    Option("BOKVAR_OIDC_ISSUER", "", "The login provider's address (OpenID Connect's issuer)."),
    Option("BOKVAR_OIDC_CLIENT", "", "The worklist's client id at the login provider."),
    Option("BOKVAR_OIDC_SECRET_FILE", "", "File that holds the client's secret, and only that."),
    Option("BOKVAR_OIDC_SCOPES", "openid profile", "Scopes that the provider is asked for."),
    Option(
        "BOKVAR_OIDC_CLAIMS",
        "",
        "The provider's names of claims where they differ: roles=groups,municipality=kommun.",
    ),
    Option("BOKVAR_CACHE", "", "Folder where the embedded broker's files are kept between runs."),
    Option("BOKVAR_MAVEN_REPOSITORY", "", "Another repository to take Apache Kafka from."),
    Option("BOKVAR_KAFKA_PROTOCOL", "PLAINTEXT", "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."),
    Option("BOKVAR_KAFKA_CA", "", "File of certificates that the cluster's are signed with."),
    Option("BOKVAR_KAFKA_SASL", "", "SASL mechanism: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512."),
    Option("BOKVAR_KAFKA_USER", "", "SASL user name."),
    Option("BOKVAR_KAFKA_PASSWORD", "", "SASL password."),
)
_DEFAULTS = {option.name: option.default for option in OPTIONS}


def read(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`. `SettingError` for a wrong value or unknown name."""
    unknown = [
        name
        for name in environment
        if name.startswith("BOKVAR_") and name not in _DEFAULTS and "_TEST_" not in name
    ]
    if unknown:
        raise SettingError(f"{unknown[0]} is not an option; the options are {', '.join(_DEFAULTS)}")

    def get(name: str) -> str:
        return environment.get(name) or _DEFAULTS[name]

    data = Path(get("BOKVAR_DATA")).absolute()
    return Settings(
        kafka=get("BOKVAR_KAFKA"),
        kafka_patience=_number("BOKVAR_KAFKA_PATIENCE", get("BOKVAR_KAFKA_PATIENCE"), 1, 3600),
        database=environment.get("BOKVAR_DATABASE") or f"sqlite:///{data / 'bokvar.db'}",
        data=data,
        prefix=get("BOKVAR_PREFIX"),
        partitions=_number("BOKVAR_PARTITIONS", get("BOKVAR_PARTITIONS"), 1, 1000),
        replication=_number("BOKVAR_REPLICATION", get("BOKVAR_REPLICATION"), 1, 9),
        group=get("BOKVAR_GROUP"),
        web_host=get("BOKVAR_WEB_HOST"),
        web_port=_number("BOKVAR_WEB_PORT", get("BOKVAR_WEB_PORT"), 0, 65535),
        language=_language(get("BOKVAR_LANGUAGE")),
        letter_templates=Path(own) if (own := get("BOKVAR_LETTER_TEMPLATES")) else None,
        models=Path(environment.get("BOKVAR_MODELS") or data / "models").absolute(),
        checkpoint_hours=_number(
            "BOKVAR_CHECKPOINT_HOURS", get("BOKVAR_CHECKPOINT_HOURS"), 0, 8760
        ),
        instance=get("BOKVAR_INSTANCE") or None,
        **_site(get),
        security=_security(get),
    )


def _number(name: str, value: str, least: int, most: int) -> int:
    if not value.isdecimal() or not least <= int(value) <= most:
        raise SettingError(f"{name} is {value!r}: give a whole number from {least} to {most}")
    return int(value)


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise SettingError(f"BOKVAR_LANGUAGE is {value!r}: give one of {', '.join(LANGUAGES)}")
    return value


def _site(get: Callable[[str], str]) -> dict[str, Any]:
    """The fields of the worklist's site."""
    return {
        "site_url": _checked(site_settings.site_url, "BOKVAR_SITE_URL", get),
        "site_host": get("BOKVAR_SITE_HOST"),
        "site_port": _number("BOKVAR_SITE_PORT", get("BOKVAR_SITE_PORT"), 1, 65535),
        "oidc_issuer": _checked(site_settings.issuer, "BOKVAR_OIDC_ISSUER", get),
        "oidc_client": get("BOKVAR_OIDC_CLIENT"),
        "oidc_secret_file": Path(own) if (own := get("BOKVAR_OIDC_SECRET_FILE")) else None,
        "oidc_scopes": _checked(site_settings.scopes, "BOKVAR_OIDC_SCOPES", get),
        "oidc_claims": _checked(site_settings.claims, "BOKVAR_OIDC_CLAIMS", get),
    }


def _checked(check: Callable[[str], Any], name: str, get: Callable[[str], str]) -> Any:
    """What `check` makes of an option's value, which it refuses with a `ValueError`."""
    try:
        return check(get(name))
    except ValueError as error:
        raise SettingError(f"{name} is {get(name)!r}: {error}") from None


def _security(get: Callable[[str], str]) -> dict[str, str]:
    protocol = get("BOKVAR_KAFKA_PROTOCOL")
    allowed = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
    if protocol not in allowed:
        raise SettingError(f"BOKVAR_KAFKA_PROTOCOL is {protocol!r}: give one of {allowed}")
    names = ("CA", "SASL", "USER", "PASSWORD")
    found = {name.lower(): get(f"BOKVAR_KAFKA_{name}") for name in names}
    return {"protocol": protocol, **{k: v for k, v in found.items() if v}}
