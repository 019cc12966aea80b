"""What a municipality has heard of notices and has taken back."""

from models.lease.state import Lease


def is_taken_back(lease: Lease) -> bool:
    """Is what was heard of notices taken back, with no notice left that is known of?"""
    undone = lease.signals.undone
    return not lease.legal.notices and any(one.act_id in undone for one in lease.legal.heard)
