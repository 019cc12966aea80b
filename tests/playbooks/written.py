"""A playbook that can be used, as a town may write it, and ways to spoil it."""

from alerts.playbooks.read import PlaybookError, read

FINE = """\
name = "mytown"
title = { sv = "Vår stad", en = "Our town" }
source = "our own way of working"
groups = [["children"], ["young", "old", "unknown"], ["others"]]

[applies]
municipalities = ["9901"]

[[steps]]
id = "letter"
trigger = "rent_late"
channel = "letter"
actor = ["caseworker"]
within = "2 working days"

[[steps]]
id = "see"
trigger = "rent_late"
after = "letter"
channel = "visit"
actor = ["caseworker"]
within = "5 working days"

[[steps]]
id = "other_way"
trigger = "nobody_home"
channel = "contact"
actor = ["caseworker"]
within = "3 working days"
"""
FILE = "mytown.toml"


def spoilt(old: str, new: str) -> str:
    """The fine playbook with one place changed."""
    assert old in FINE
    return FINE.replace(old, new, 1)


def told(text: str) -> list[str]:
    """All that is said of a playbook, without the file's name; nothing of one that is fine."""
    try:
        read(text, FILE)
    except PlaybookError as error:
        faults = error.faults
    else:
        return []
    assert all(fault.startswith(f"{FILE}: ") for fault in faults), faults
    return [fault.removeprefix(f"{FILE}: ") for fault in faults]
