"""One request: who asks, for what, in which language and on which day."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection
from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from alerts.access.audit import Entry
from alerts.access.person import Person
from alerts.access.scope import Scope, scope_of
from alerts.access.sessions import form_token
from alerts.language.sentences import Language
from alerts.store.database import reading
from alerts.views.lists import worklist
from alerts.web.rendering import render
from alerts.web.site import Site
from models.phrase import Phrase, phrase
from models.stockholm import day_of

LOST = "lost"  # the cookie of a browser whose form came after the session had ended
_MARK = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Ask:
    """A request. `person` is None before a login; `noted` goes into its row of the audit log,
    under the route's name, or what was done where one route does several things (`did`)."""

    def __init__(
        self,
        site: Site,
        language: Language,
        now: datetime,
        *,
        at: str = "",
        person: Person | None = None,
        token: str = "",
        id_token: str | None = None,
        path: Mapping[str, str] | None = None,
        query: QueryParams | None = None,
        form: FormData | None = None,
        cookies: Mapping[str, str] | None = None,
        back: str = "",
        address: str = "",
    ) -> None:
        self.site, self.language, self.now = site, language, now
        self.token, self.id_token, self.path = token, id_token, path or {}
        self.query, self.form = query or QueryParams(), form or FormData()
        self.cookies = cookies or {}
        self.at, self.back, self.address = at, back, address
        self.is_news = True  # what is told over and over has one row of the audit, not a row each
        self.day_note: Phrase | None = None
        self.noted: dict[str, str] = {}
        self.did: str | None = None
        self._person = person

    @property
    def person(self) -> Person:
        """Who is logged in; only routes for roles ask."""
        assert self._person is not None, "the route is for roles"
        return self._person

    @property
    def is_known(self) -> bool:
        """Whether somebody is logged in."""
        return self._person is not None

    @property
    def mark(self) -> str:
        """The mark of the login that this browser began; empty if it began none."""
        given = self.cookies.get(self.site.mark, "")
        return given if _MARK.fullmatch(given) else ""

    @property
    def lost(self) -> bool:
        """Was a form of this browser's lost, and nobody has been told yet?"""
        return LOST in self.cookies

    @cached_property
    def scope(self) -> Scope:
        """The tasks that the person may see on lists."""
        return scope_of(self.person)

    @cached_property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return form_token(self.token) if self.token else ""

    def reading(self) -> Connection:
        """A connection for reading."""
        return reading(self.site.engine)

    def today(self, connection: Connection) -> date:
        """The day that has not ended in the log; before there is one, today in Sweden."""
        return self.counted_on(worklist.today(connection))

    def counted_on(self, day: date | None) -> date:
        """The same of a day that was read already. A page whose days are counted on another day
        than the clock's says so, for each of its numbers is wrong by as much."""
        clock = day_of(self.now)
        if day is None:
            self.day_note = Phrase("site.no_day")
        elif day < clock:
            self.day_note = phrase("site.old_day", on=day, count=(clock - day).days)
        return day or clock

    def say(self, code: Phrase | str, **args: Any) -> str:
        """The words of a phrase, in the person's language."""
        return self.language.say(code if isinstance(code, Phrase) else phrase(code, **args))

    def note(self, action: str, detail: Mapping[str, str], allowed: bool = True) -> None:
        """Write a row of the audit log now; what cannot be noted raises."""
        lease_id = self.path.get("lease") or detail.get("lease")
        self.site.audit.note(self._entry(action, detail, lease_id, allowed))

    def note_leases(
        self, action: str, detail: Mapping[str, str], leases: Iterable[str], allowed: bool = True
    ) -> None:
        """The same with a row for each of one or several leases, all or none."""
        entries = [self._entry(action, detail, lease, allowed) for lease in leases]
        self.site.audit.note_all(entries)

    def _entry(
        self, action: str, detail: Mapping[str, str], lease_id: str | None, allowed: bool
    ) -> Entry:
        person = self.person
        return Entry(
            subject=person.subject,
            role=person.role,
            municipality=person.municipality,
            action=action,
            lease_id=lease_id,
            detail=dict(detail),
            allowed=allowed,
        )

    def act_id(self) -> str:
        """An id for the act that a form will tell; sent twice, it has no second effect."""
        return f"case-{self.now:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}"

    def given(self, name: str) -> str:
        """A form's field, without the space around it; empty if it is not there."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A page of this person's, in their language. The first one after a login also says if a
        form was lost."""
        response = HTMLResponse(render(self, template, values), status)
        if self.is_known and self.lost:
            response.delete_cookie(LOST, secure=self.site.secure, httponly=True)
        return response

    def to(self, path: str) -> Response:
        """Send the browser on, to a page of this site."""
        return RedirectResponse(path, 303)
