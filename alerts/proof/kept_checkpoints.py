"""The checkpoints in a folder: which is the newest that fits, and which are kept."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from alerts.proof.checkpoint import Checkpoint, CheckpointError, Manifest
from alerts.rules.rules import short

KEPT = 2
MANIFEST = "manifest.json"


def newest(
    folder: Path,
    topic_id: str,
    watermarks: Mapping[int, int],
    knows: Callable[[str], bool] = lambda rules: True,
) -> tuple[Checkpoint | None, list[str]]:
    """The newest checkpoint that fits the topic, is not ahead of the watermarks and can be folded
    on from by one who `knows` these rules; with a sentence for each newer one passed over."""
    passed: list[str] = []
    for sequence in sorted(sequences_in(folder), reverse=True):
        try:
            checkpoint = _open(folder / f"{sequence:08d}", sequence)
            _check_fits(checkpoint, topic_id, watermarks, knows)
            checkpoint.check()
        except CheckpointError as error:
            passed.append(str(error))
        else:
            return checkpoint, passed
    return None, passed


def newest_first(folder: Path) -> Iterator[Checkpoint]:
    """The checkpoints whose manifest can be read; whether they fit is the caller's to see."""
    for sequence in sorted(sequences_in(folder), reverse=True):
        with suppress(CheckpointError):
            yield _open(folder / f"{sequence:08d}", sequence)


def newest_saved_at(folder: Path) -> float | None:
    """When the newest checkpoint was saved, epoch seconds; None if there is none."""
    files = (folder / f"{sequence:08d}" / MANIFEST for sequence in sequences_in(folder))
    return max((file.stat().st_mtime for file in files if file.exists()), default=None)


def keep_newest(folder: Path, count: int = KEPT) -> None:
    """Delete all but the newest `count` checkpoints."""
    for sequence in sorted(sequences_in(folder), reverse=True)[count:]:
        shutil.rmtree(folder / f"{sequence:08d}")


def behind_all(folder: Path) -> dict[int, int]:
    """The last outbox row, by partition, that every kept checkpoint covers; none while fewer than
    `KEPT` are kept, so that the loss of one needs nothing that was pruned."""
    sequences = sorted(sequences_in(folder))
    if len(sequences) < KEPT:
        return {}
    oldest = _open(folder / f"{sequences[0]:08d}", sequences[0])
    return {part.number: part.seq for part in oldest.manifest.parts}


def _open(folder: Path, sequence: int) -> Checkpoint:
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        why = f"its {MANIFEST} cannot be read ({type(error).__name__})"
        raise CheckpointError(f"checkpoint {sequence} is not used: {why}") from None
    return Checkpoint(folder, manifest)


def _check_fits(
    checkpoint: Checkpoint,
    topic_id: str,
    watermarks: Mapping[int, int],
    knows: Callable[[str], bool],
) -> None:
    manifest = checkpoint.manifest
    why = None
    if manifest.topic_id != topic_id:
        why = f"it is of another topic (id {manifest.topic_id})"
    elif [part.number for part in manifest.parts] != sorted(watermarks):
        why = "it has other partitions"
    elif any(part.next_offset > watermarks[part.number] for part in manifest.parts):
        why = "it is ahead of the database, which was restored from before it"
    elif unknown := sorted({part.rules for part in manifest.parts if not knows(part.rules)}):
        why = f"it is followed by rules {short(unknown[0])}, which this release does not know"
    if why is not None:
        raise CheckpointError(f"checkpoint {checkpoint.sequence} is not used: {why}")


def sequences_in(folder: Path) -> Iterable[int]:
    """The numbers of the checkpoints in a folder, in no order."""
    if not folder.is_dir():
        return []
    return [int(place.name) for place in folder.iterdir() if place.name.isdecimal()]
