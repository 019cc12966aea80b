"""Which model ranks the list is a rule: another begins where the log says so, in every partition.

No checkpoint is awaited, for a program that knows both folds through the change, and so does
`bokvar verify`. Workers take the change up where they read it, without being started anew.
"""

import time

from msgspec import Struct
from sqlalchemy import Engine

from alerts.learning.artefact import load
from alerts.learning.manifest import Manifest, ModelRefused, read_manifest
from alerts.rules.rules import short
from alerts.settings import Settings
from alerts.store import rule_changes
from alerts.store.database import reading
from alerts.store.rule_changes import Change
from alerts.store.turns import Turn
from streams.kafka.topics import EventTopic
from streams.proof.places import own_topic
from streams.rules.announce import UpgradeError, is_of_this_release, publish
from streams.rules.known import rulebook
from streams.rules.upgrade import TURN


class Ranked(Struct, frozen=True):
    """By which model the list is ranked from now on, and was before: sha256, "" for the scorecard.
    `changed` is false where it was so already."""

    model: str
    before: str
    digest: str
    changed: bool


def promotable(settings: Settings, name: str) -> Manifest:
    """A model that may take the scorecard's place. `ModelRefused` when it failed a test of the
    gate, was changed, or cannot be read here."""
    manifest = read_manifest(settings.models, name)
    load(settings.models, name)
    if not manifest.promotable:
        failed = ", ".join(manifest.failed) or "it was never judged"
        raise ModelRefused(
            f"model {name} may not take the scorecard's place; it failed: {failed}. "
            f"`bokvar model show {name}` and its card say by how much"
        )
    return manifest


def rank_by(settings: Settings, engine: Engine, model: str) -> Ranked:
    """The list is ranked by the model of that sha256 from here on; "" for the scorecard. Harmless
    to repeat, and goes on where it was broken off. `UpgradeError` while other rules come in."""
    topic = own_topic(settings, engine)
    turn = Turn(engine, "upgrade", None, time.time, TURN)
    if not turn.held():
        raise UpgradeError(
            "`bokvar upgrade` or another change of model is under way: run this when it is done"
        )
    try:
        change, before = _begin(settings, engine, topic, model)
        if not change.finished:
            publish(settings, engine, topic, change)
        return Ranked(model, before, change.digest, before != model)
    finally:
        turn.release()


def model_before(engine: Engine) -> str:
    """The model that was in force before the last change of model; "" for the scorecard."""
    with reading(engine) as connection:
        change = rule_changes.newest(connection)
        return "" if change is None else rule_changes.model_before(connection, change)


def _begin(settings: Settings, engine: Engine, topic: EventTopic, model: str) -> tuple[Change, str]:
    """The change to bring about, begun, found under way or finished, and the model before it."""
    rules = rulebook(settings).ranked_by(model)
    with engine.begin() as connection:
        change = rule_changes.newest(connection)
        if change is None or not is_of_this_release(connection, change.digest):
            raise UpgradeError(
                "the rules of this release are not in force: run `bokvar upgrade`, then this again"
            )
        if change.digest == rules.digest:
            before = rule_changes.model_before(connection, change)
            return change, model if change.finished else before
        if not change.finished:
            raise UpgradeError(
                f"a change to rules {short(change.digest)} is under way: let it come to its end "
                "first, then run this again"
            )
        before = rule_changes.model_of(connection, change)
        return rule_changes.begin(connection, rules, topic.partitions, saved=True), before
