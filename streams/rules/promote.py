"""Which model ranks the list is a rule: another begins where the log says so, in every partition.

No checkpoint is awaited, for a program that knows both folds through the change, and so does
`bokvar verify`. Workers take the change up where they read it, without being started anew.
"""

from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Engine

from alerts.learning.artefact import content, opened
from alerts.learning.manifest import Manifest, ModelRefused, read_manifest
from alerts.learning.shelf import Shelf
from alerts.rules.rules import Rules, short
from alerts.settings import Settings
from alerts.store import model_rows, rule_changes
from alerts.store.database import reading
from alerts.store.model_rows import ModelRow
from alerts.store.rule_changes import Change
from streams.kafka.topics import EventTopic
from streams.proof.places import own_topic
from streams.rules.announce import UpgradeError, is_of_this_release, publish
from streams.rules.known import rulebook
from streams.rules.upgrade import our_turn


class Ranked(Struct, frozen=True):
    """By which model the list is ranked from now on, and was before: sha256, "" for the scorecard.
    `changed` is false where it was so already."""

    model: str
    before: str
    digest: str
    changed: bool


class Promotable(NamedTuple):
    """A model that may take the scorecard's place, and its file."""

    manifest: Manifest
    body: bytes


def promotable(settings: Settings, name: str) -> Promotable:
    """The model of that name. `ModelRefused` when it failed a test of the gate, was changed, or
    cannot be read here."""
    manifest, body = read_manifest(settings.models, name), content(settings.models, name)
    opened(manifest, body)
    if not manifest.promotable:
        failed = ", ".join(manifest.failed) or "it was never judged"
        raise ModelRefused(
            f"model {name} may not take the scorecard's place; it failed: {failed}. "
            f"`bokvar model show {name}` and its card say by how much"
        )
    return Promotable(manifest, body)


def promote(settings: Settings, engine: Engine, found: Promotable) -> Ranked:
    """The model ranks the list from here on. It is kept in the database, where every worker finds
    it. Raises as `rank_by`."""
    version = found.manifest.sha256
    with engine.begin() as connection:
        row = ModelRow(version, msgspec.json.encode(found.manifest), found.body)
        model_rows.keep(connection, row)
    return rank_by(settings, engine, version)


def rollback(settings: Settings, engine: Engine) -> Ranked:
    """The model before the last change of model ranks the list again, or the scorecard. Raises as
    `rank_by`."""
    with reading(engine) as connection:
        change = rule_changes.newest(connection)
        before = "" if change is None else rule_changes.model_before(connection, change)
    return rank_by(settings, engine, before)


def rank_by(settings: Settings, engine: Engine, model: str) -> Ranked:
    """The list is ranked by the model of that sha256 from here on; "" for the scorecard. Harmless
    to repeat, and goes on where it was broken off. `UpgradeError` while other rules come in,
    `ModelRefused` where the model is not at hand."""
    rules = _rules(settings, engine, model)
    topic = own_topic(settings, engine)
    busy = "`bokvar upgrade` or another change of model is under way: run this when it is done"
    with our_turn(engine, busy):
        change, before = _begin(engine, topic, rules)
        if not change.finished:
            publish(settings, engine, topic, change)
        return Ranked(model, before, change.digest, before != model)


def _rules(settings: Settings, engine: Engine, model: str) -> Rules:
    known = rulebook(settings, engine)
    rules = known.ranked_by(model)
    if not known.knows(rules.digest):
        name = Shelf(engine, settings.models).name(model) or short(model)
        raise ModelRefused(
            f"model {name} is not at hand, or cannot be used by this release: run `bokvar model "
            "off`, or promote another"
        )
    return rules


def _begin(engine: Engine, topic: EventTopic, rules: Rules) -> tuple[Change, str]:
    """The change to bring about, begun, found under way or finished, and the model before it."""
    with engine.begin() as connection:
        change = rule_changes.newest(connection)
        if change is None or not is_of_this_release(connection, change.digest):
            raise UpgradeError(
                "the rules of this release are not in force: run `bokvar upgrade`, then this again"
            )
        if change.digest == rules.digest:
            before = rule_changes.model_before(connection, change)
            return change, rules.model if change.finished else before
        if not change.finished:
            raise UpgradeError(
                f"a change to rules {short(change.digest)} is under way: let it come to its end "
                "first, then run this again"
            )
        before = rule_changes.model_of(connection, change)
        return rule_changes.begin(connection, rules, topic.partitions, saved=True), before
