"""What a municipality has heard of notices and has taken back."""

from models.lease.state import Lease


def is_taken_back(lease: Lease) -> bool:
    """Is what was heard of notices taken back, with no notice left that is known of?"""
    return not lease.legal.notices and has_taken_back(lease)


def has_taken_back(lease: Lease) -> bool:
    """Has the municipality taken back anything that it had heard of notices?"""
    undone = lease.signals.undone
    return any(one.act_id in undone for one in lease.legal.heard)
