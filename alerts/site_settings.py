"""The options of the worklist's site and of its login, beside the others in `alerts.settings`."""

from ipaddress import ip_address
from urllib.parse import urlsplit

CLAIMS = ("roles", "municipality", "districts", "landlord")


def is_safe(address: str) -> bool:
    """May secrets be sent to that address: is it https, or on this machine itself?"""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Is it this machine?"""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def site_url(value: str) -> str:
    """The public address of the site without a slash at its end. `ValueError` says what is
    wrong."""
    if not value:
        return ""
    parts = urlsplit(value) if is_safe(value) else None
    if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("give an address such as https://bokvar.kommun.se, with no path")
    return value.rstrip("/")


def issuer(value: str) -> str:
    """The login provider's address, as it spells it itself. `ValueError` says what is wrong."""
    if value and not is_safe(value):
        raise ValueError("give an https address; http is for this machine alone")
    return value


def scopes(value: str) -> str:
    """The scopes, blanks between them. `ValueError` says what is wrong."""
    if "openid" not in value.split():
        raise ValueError("openid must be among the scopes")
    return " ".join(value.split())


def claims(value: str) -> dict[str, str]:
    """Which claim of the provider holds what: `roles=groups,municipality=kommun`. `ValueError`
    says what is wrong."""
    found = dict[str, str]()
    for part in filter(None, (part.strip() for part in value.split(","))):
        ours, _, theirs = (word.strip() for word in part.partition("="))
        if ours not in CLAIMS or ours in found or not theirs:
            raise ValueError(f"give each of {', '.join(CLAIMS)} at most once, as roles=groups")
        found[ours] = theirs
    return found
