"""The examples of what Bokvar sends: what a life in events (`LIFE`) gives."""

import json
from pathlib import Path
from typing import Any

from alerts.contract.messages import TYPES
from alerts.fold.announce import key_of
from alerts.fold.partition import Partition
from alerts.language.outgoing import to_send
from alerts.language.sentences import language
from alerts.store.frames import Frame
from alerts.store.memory import MemoryStore
from streams.kafka.decode import decode

LIFE = "examples/life.jsonl"


def message_examples(folder: Path) -> dict[str, dict[str, Any]]:
    """The newest message of each type that the life leads to, by topic, as it leaves in Swedish."""
    lines = (folder / LIFE).read_bytes().splitlines()
    store = MemoryStore.live(Partition(0), lambda _: 0)
    records = [decode(offset, key_of(line), line) for offset, line in enumerate(lines)]
    store.fold(Frame(0, 0, len(records), records))
    newest = {out.topic: out.value for out in store.outbox}
    swedish = language("sv")
    return {topic: json.loads(to_send(topic, newest[topic], swedish)) for topic in TYPES}
