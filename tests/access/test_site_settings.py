"""Options of the site: a wrong one stops the start and says why."""

from pathlib import Path

import pytest

from alerts.settings import SettingError, read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOKVAR_SITE_URL", "http://bokvar.kommun.se"),
        ("BOKVAR_SITE_URL", "https://bokvar.kommun.se/list"),
        ("BOKVAR_SITE_URL", "bokvar.kommun.se"),
        ("BOKVAR_SITE_URL", "https://"),
        ("BOKVAR_SITE_PORT", "99999"),
        ("BOKVAR_OIDC_ISSUER", "http://login.kommun.se"),
        ("BOKVAR_OIDC_ISSUER", "http://127.0.0.1.evil.se"),
        ("BOKVAR_OIDC_ISSUER", "http://localhost@evil.se"),
        ("BOKVAR_OIDC_ISSUER", "https://a:b:c"),
        ("BOKVAR_OIDC_SCOPES", "profile"),
        ("BOKVAR_OIDC_CLAIMS", "role=groups"),
        ("BOKVAR_OIDC_CLAIMS", "roles="),
        ("BOKVAR_OIDC_CLAIMS", "roles=a,roles=b"),
    ],
)
def test_an_unsafe_or_unknown_value_is_refused_by_its_option_s_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read({name: value})


def test_the_site_s_options_are_read() -> None:
    found = read(
        {
            "BOKVAR_SITE_URL": "https://bokvar.kommun.se/",
            "BOKVAR_OIDC_ISSUER": "http://[::1]:9411",
            "BOKVAR_OIDC_SECRET_FILE": "/run/secrets/oidc",
            "BOKVAR_OIDC_CLAIMS": "roles=realm_access.roles, municipality=kommun",
        }
    )
    assert (found.site_url, found.site_host, found.site_port) == (
        "https://bokvar.kommun.se",
        "127.0.0.1",
        8080,
    )
    assert found.oidc_secret_file == Path("/run/secrets/oidc")
    assert found.oidc_claims == {"roles": "realm_access.roles", "municipality": "kommun"}
    assert found.oidc_scopes == "openid profile"


def test_without_options_there_is_no_site_and_no_login() -> None:
    found = read({})
    assert (found.site_url, found.oidc_issuer, found.oidc_client) == ("", "", "")
    assert (found.oidc_secret_file, found.oidc_claims) == (None, {})
