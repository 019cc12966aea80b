"""What can go wrong with the embedded broker, each as one sentence a person can act on."""

from pathlib import Path


class BrokerError(Exception):
    """The embedded broker cannot start or go on; its text says what, where and how to mend it."""


def port_taken(host: str, port: int) -> str:
    """The sentence for a port on which something else listens."""
    return (
        f"Port {port} on {host} is taken by another program: "
        "end that program, or choose another port with --port."
    )


def port_refused(host: str, port: int, reason: str) -> str:
    """The sentence for a port that the system does not let us use."""
    return f"Port {port} on {host} cannot be used ({reason}): choose another with --port."


def not_started(folder: Path) -> str:
    """The sentence for a broker that is asked something while it is down."""
    return f"The broker with the data folder {folder} is not running: start it first."


def disk_full(folder: Path) -> str:
    """The sentence for a file system that takes no more bytes."""
    return (
        f"The disk that holds {folder} is full: "
        "free some space there, or choose a folder on another disk with --data."
    )


def folder_in_use(folder: Path) -> str:
    """The sentence for a data folder that a living broker has open."""
    return (
        f"Another broker is using the data folder {folder}: "
        "end that broker, or choose another folder with --data."
    )


def wrong_cluster(folder: Path, found: str, expected: str) -> str:
    """The sentence for data that belongs to another cluster, or to another node of it."""
    return (
        f"The data folder {folder} belongs to {found}, not to {expected}: "
        "choose the folder that belongs to it, or an empty one, with --data."
    )


def other_shape(folder: Path, found: str, expected: str) -> str:
    """The sentence for a single broker's folder opened as a cluster's, or the reverse."""
    return (
        f"The data folder {folder} belongs to {found}, not to {expected}: "
        "start it with its own number of --nodes, or choose another folder with --data."
    )


def explain(log: str, exit_code: int, folder: Path, host: str, port: int) -> str:
    """Turn what a dead broker left behind into one sentence.

    `log` is what Kafka wrote since it was started; a negative `exit_code` is a signal. A cause
    that is not known here is quoted, and the sentence says where the rest is.
    """
    known = {
        "No space left on device": disk_full(folder),
        "Disk quota exceeded": disk_full(folder),
        "File too large": (
            f"A file in {folder} reached the size that this account or file system allows: "
            "raise that limit, or choose a folder on another disk with --data."
        ),
        "Address already in use": port_taken(host, port),
        "Failed to acquire lock on file": folder_in_use(folder),
        "OutOfMemoryError": "Kafka ran out of memory: give it more with --heap-mb.",
    }
    for sign, sentence in known.items():
        if sign in log:
            return sentence
    if exit_code < 0:
        return (
            f"Kafka was killed from outside (signal {-exit_code}), perhaps by the system for lack "
            f"of memory: start the broker again; its messages are in {folder}."
        )
    return (
        f"Kafka ended by itself ({_last_complaint(log)}): "
        f"read {folder / 'broker.log'}, mend what it names, and start the broker again."
    )


def _last_complaint(log: str) -> str:
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    complaints = [line for line in lines if "Exception:" in line or " ERROR " in line]
    return (complaints or lines or ["it wrote nothing"])[-1][:300]
