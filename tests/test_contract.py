"""The contract documents say what the decoder does, and are the ones that the types give."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from alerts.cases.follow_up import FOLLOW_UP
from alerts.contract import messages
from alerts.language.outgoing import in_words
from models.contract.event_kinds import ACTS
from models.contract.events import EVENT_TYPES, TYPE_OF, AnyEvent
from models.contract.facts import CalendarDay, RentPaid
from models.contract.facts.acts import Cause, Effort, Need, Outcome, WaitsFor
from models.contract.who_may_say import Standing, standing
from streams.contract.asyncapi_messages import senders
from streams.contract.documents import EVENTS_SCHEMA, FOLDER, MESSAGES_SCHEMA, documents, text
from tests.spoken import SV

DATA = Path(__file__).parent / "data"
PAID, INVOICED = "se.bokvar.rent.paid.v1", "se.bokvar.rent.invoiced.v1"
REPORTED, WAITS = "se.bokvar.visit.reported.v1", "se.bokvar.task.waits.v1"
OUTPUTS = dict(messages.TYPES.values())

Json = dict[str, Any]

decode = msgspec.json.Decoder(AnyEvent).decode


def load(path: Path) -> Json:
    loaded: Json = json.loads(path.read_text("utf-8"))
    return loaded


def example(name: str, of: str = "events") -> Json:
    return load(FOLDER / "examples" / of / f"{name}.json")


@cache
def validator(file: str) -> Draft202012Validator:
    return Draft202012Validator(
        load(FOLDER / file), format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def changed(name: str, **data: Any) -> Json:
    event = copy.deepcopy(example(name))
    event["data"] |= data
    return event


def without(name: str, field: str) -> Json:
    event = copy.deepcopy(example(name))
    del event["data"][field]
    return event


BAD = {
    "a negative amount": changed(PAID, amount_ore=-1),
    "an amount of nothing": changed(PAID, amount_ore=0),
    "an amount beyond all rents": changed(PAID, amount_ore=10**13),
    "an amount with decimals": changed(PAID, amount_ore=0.5),
    "a date that does not exist": changed(PAID, booked_on="2026-02-30"),
    "a date that is no date": changed(PAID, booked_on="soon"),
    "a payer nobody knows": changed(PAID, payer="uncle"),
    "no payment id": without(PAID, "payment_id"),
    "an empty payment id": changed(PAID, payment_id=""),
    "no lease id": without(PAID, "lease_id"),
    "a month that does not exist": changed(INVOICED, period="2026-13"),
    "an invoice of no amount": changed(INVOICED, lines=None, amount_ore=None),
    "a line of no known kind": changed(INVOICED, lines=[{"kind": "tip", "amount_ore": 1}]),
    "an outcome that there is none of": changed(REPORTED, outcome="evicted"),
    "a follow-up that is no day": changed(REPORTED, follow_up_on="in a week"),
    "a report by nobody": changed(REPORTED, by=""),
    "a wait for no known reason": changed(WAITS, reason="tired"),
    "a wait without an end": without(WAITS, "until"),
    "an unknown type": example(PAID) | {"type": "se.bokvar.rent.stolen.v1"},
    "no id": {key: value for key, value in example(PAID).items() if key != "id"},
    "another version of CloudEvents": example(PAID) | {"specversion": "0.3"},
}


@pytest.mark.parametrize("name", BAD)
def test_what_the_decoder_refuses_the_schema_refuses_too(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(json.dumps(BAD[name]))
    with pytest.raises(ValidationError):
        validator(EVENTS_SCHEMA).validate(BAD[name])


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_an_event_that_lacks_any_required_field_is_refused_by_both(event_type: str) -> None:
    kind = EVENT_TYPES[event_type]
    required = [field.name for field in msgspec.structs.fields(kind) if field.required]
    assert not validator(EVENTS_SCHEMA).is_valid(without(event_type, required[0]))
    entry = validator(EVENTS_SCHEMA).evolve(schema={"$ref": f"#/$defs/{kind.__name__}Event"})
    assert entry.is_valid(example(event_type))  # no other entry allows the type
    for field in required:
        with pytest.raises(msgspec.ValidationError):
            decode(json.dumps(without(event_type, field)))
        assert not entry.is_valid(without(event_type, field))


def test_an_event_of_a_lease_without_a_subject_is_refused() -> None:
    event = example(PAID)
    del event["subject"]
    assert not validator(EVENTS_SCHEMA).is_valid(event)


@pytest.mark.parametrize("event_type", OUTPUTS)
def test_a_message_that_lacks_any_required_field_is_refused(event_type: str) -> None:
    whole = example(event_type, "messages")
    for field in whole["data"]:
        partial = copy.deepcopy(whole)
        del partial["data"][field]
        assert not validator(MESSAGES_SCHEMA).is_valid(partial), field


def test_an_unknown_field_is_ignored_by_both() -> None:
    event = changed(PAID, colour="blue")
    assert decode(json.dumps(event)).data == decode(json.dumps(example(PAID))).data
    validator(EVENTS_SCHEMA).validate(event)


def test_the_committed_documents_are_the_ones_that_the_types_give() -> None:
    for name, content in documents().items():
        stale = f"docs/contract/{name} differs from the types: run `make contract` and commit it"
        assert (FOLDER / name).read_text("utf-8") == text(content), stale


def test_there_is_one_example_of_each_type_and_no_other() -> None:
    for of, types in (("events", EVENT_TYPES), ("messages", OUTPUTS)):
        found = {path.stem for path in (FOLDER / "examples" / of).iterdir()}
        assert found == set(types)


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_an_example_decodes_and_is_valid_and_may_be_sent(event_type: str) -> None:
    event = decode(json.dumps(example(event_type)))
    assert TYPE_OF[type(event.data)] == event_type
    assert event.subject == getattr(event.data, "lease_id", None)
    assert standing(event.source, event.data) is Standing.ALLOWED
    validator(EVENTS_SCHEMA).validate(example(event_type))


@pytest.mark.parametrize("event_type", OUTPUTS)
def test_an_example_of_a_message_decodes_whole_and_is_valid(event_type: str) -> None:
    message = example(event_type, "messages")
    data = msgspec.convert(message["data"], OUTPUTS[event_type])
    assert msgspec.to_builtins(data) == message["data"]
    assert in_words(data, SV) == data
    validator(MESSAGES_SCHEMA).validate(message)


def test_the_schemas_are_schemas_and_have_an_entry_for_each_type() -> None:
    for file, types in ((EVENTS_SCHEMA, EVENT_TYPES), (MESSAGES_SCHEMA, OUTPUTS)):
        schema = load(FOLDER / file)
        Draft202012Validator.check_schema(schema)
        for event_type, kind in types.items():
            entry = schema["$defs"][f"{kind.__name__}Event"]
            assert entry["properties"]["type"] == {"const": event_type}
            assert entry["description"]
            assert {"type", "id", "source", "specversion", "data"} <= set(entry["required"])


def test_the_asyncapi_document_is_valid_by_the_official_schema() -> None:
    official = Draft7Validator(load(DATA / "asyncapi-3.0.0.json"))
    document = load(FOLDER / "asyncapi.json")
    official.validate(document)
    del document["info"]["title"]
    assert not official.is_valid(document)


def test_the_asyncapi_document_has_all_five_channels() -> None:
    document = load(FOLDER / "asyncapi.json")
    assert {channel["address"] for channel in document["channels"].values()} == {
        "rent.events.v1",
        "rent.events.dlq.v1",
        "visit.tasks.v1",
        "lease.risk.v1",
        "landlord.feedback.v1",
    }
    used = {operation["channel"]["$ref"] for operation in document["operations"].values()}
    assert used == {f"#/channels/{name}" for name in document["channels"]}


def test_every_reference_of_the_asyncapi_document_leads_somewhere_and_fits_its_examples() -> None:
    root = "https://bokvar.invalid/"
    files = {
        root + name: Resource.from_contents(load(FOLDER / name) | {"$id": root + name})
        for name in (EVENTS_SCHEMA, MESSAGES_SCHEMA)
    }
    registry: Registry[Any] = Registry().with_resources(files.items())
    document = load(FOLDER / "asyncapi.json")
    for reference in _references(document):
        if reference.startswith("#/"):
            _at(document, reference)
    found = document["components"]["messages"]
    assert len(found) == 2 * len(EVENT_TYPES) + len(OUTPUTS) + 1
    for message in found.values():
        for shown in message.get("examples", ()):
            target = root + message["payload"]["schema"]["$ref"].removeprefix("./")
            Draft202012Validator({"$ref": target}, registry=registry).validate(shown["payload"])


def test_the_document_says_who_may_send() -> None:
    paid = decode(json.dumps(example(PAID))).data
    assert isinstance(paid, RentPaid)
    assert senders(paid) == ["landlord"]
    assert senders(decode(json.dumps(example(TYPE_OF[CalendarDay]))).data) == ["bokvar"]


def test_the_page_tells_every_outcome_with_its_follow_up_and_every_reason_to_wait() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (\d+) \|$", acts_section(), re.MULTILINE))
    assert {outcome: int(days) for outcome, days in said.items()} == {
        outcome: FOLLOW_UP[outcome] for outcome in get_args(Outcome)
    }
    for reason in get_args(WaitsFor):
        assert f"`{reason}`" in acts_section()


def test_the_page_tells_every_act() -> None:
    told = re.findall(r"^\| `(\w+\.\w+)` \|", acts_section(), re.MULTILINE)
    assert sorted(f"se.bokvar.{name}.v1" for name in told) == sorted(TYPE_OF[kind] for kind in ACTS)


def test_the_page_tells_every_code_that_may_be_mapped() -> None:
    for codes in (Cause, Effort, Need):
        for code in get_args(codes):
            assert f"`{code}`" in acts_section()


def acts_section() -> str:
    page = (FOLDER / "README.md").read_text("utf-8")
    return page.partition("\n## Acts: ")[2].partition("\n## ")[0]


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)


def _at(document: Json, reference: str) -> Any:
    node: Any = document
    for step in reference.removeprefix("#/").split("/"):
        node = node[step]
    return node
