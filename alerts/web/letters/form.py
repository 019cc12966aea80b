"""What the form of a letter asks for: who signs it, what only they know, and its edited text."""

from datetime import date
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from alerts.letters.editing import as_typed
from alerts.letters.facts import LetterFacts
from alerts.letters.given import Given, Signatory
from alerts.letters.kinds import KINDS, Kind
from alerts.letters.templates import Templates
from alerts.web.ask import Ask
from alerts.web.cookies import SENDER, keep, kept
from alerts.web.faults import NotThere
from models.phrase import Phrase, phrase

LONGEST = 300  # characters of a field
DROP = "rewrite"  # the button that drops what was edited
_KEPT = ("phone", "municipality")
_HALF_A_YEAR = 182 * 86_400


def kind_of(ask: Ask) -> Kind:
    """The kind of letter that the address names."""
    for kind in KINDS:
        if kind.name == ask.path["kind"]:
            return kind
    raise NotThere


def templates_of(ask: Ask) -> Templates:
    """The templates of the language that the form names; Swedish where it names none."""
    return Templates(ask.given("language") or "sv", ask.site.templates)


def begun(ask: Ask) -> Given:
    """What a new form has: the person's name, and the phone that they signed with last."""
    last = dict(parse_qsl(kept(ask, SENDER)))
    phone, municipality = (last.get(name, "")[:LONGEST] for name in _KEPT)
    return Given(Signatory(ask.person.name, phone, municipality))


def given_of(ask: Ask, kind: Kind) -> Given:
    """What the form gave, whatever it is; its text only where somebody has edited it."""
    signatory = Signatory(
        ask.given("caseworker"), ask.given("phone"), ask.given("municipality") or None
    )
    fills = {name: ask.given(f"fill_{name}") for name in kind.facts.FILLS}
    return Given(signatory, fills, bool(ask.given("protected_way")), _edited(ask))


def mark(text: str) -> str:
    """Tells a text that nobody has edited from one that somebody has, whatever a browser makes of
    the ends of its lines."""
    lines = [line.rstrip() for line in as_typed(text).strip().split("\n")]
    return sha256("\n".join(lines).encode()).hexdigest()[:32]


def _edited(ask: Ask) -> str | None:
    """The text that somebody has edited, unless they drop it; None where the template's own is
    written again with what was given. An edited text is never lost unasked."""
    text = ask.given("text")
    if not text or ask.given("as") == DROP or mark(text) == ask.given("unedited"):
        return None
    return text


def too_long(given: Given) -> Phrase | None:
    """Why no letter has room for it; None if it has."""
    signatory = given.signatory
    fields = (signatory.caseworker, signatory.phone, signatory.municipality or "")
    if any(len(text) > LONGEST for text in (*fields, *given.fills.values())):
        return phrase("letter_page.long_field", most=LONGEST)
    return None


def known_values(facts: LetterFacts, templates: Templates) -> dict[str, str]:
    """What is known of the blanks already, as the letter writes it."""
    found: dict[str, str] = {}
    for name in facts.FILLS:
        value = getattr(facts, name)
        if value is not None:
            found[name] = templates.words.day(value) if isinstance(value, date) else str(value)
    return found


def keep_sender(response: Response, ask: Ask, given: Given) -> None:
    """Let the browser keep the phone and the municipality: they are the same in every letter."""
    signed = {name: getattr(given.signatory, name) or "" for name in _KEPT}
    keep(response, ask, SENDER, urlencode(signed), _HALF_A_YEAR)
