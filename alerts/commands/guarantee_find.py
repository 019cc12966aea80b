"""Which guarantee of a lease somebody means."""

from alerts.commands.case_act import Cases, Deed, Found, Refusal, Refused, refused
from alerts.commands.case_find import find_case
from models.standing.guarantees import Guarantee, guarantees


def find_guarantee(cases: Cases, deed: Deed, name: str | None) -> tuple[Found, Guarantee] | Refused:
    """The case and the guarantee of that name, or the only one of the lease."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    every = guarantees(found.stand.lease)
    meant = [one for one in every if name in (None, one.name)]
    lease_id = found.stand.lease.lease_id
    if not meant:
        return refused(Refusal.NO_GUARANTEE, lease=lease_id, named=f" {name}" if name else "")
    if len(meant) > 1:
        names = ", ".join(one.name for one in meant)
        return refused(Refusal.WHICH_GUARANTEE, lease=lease_id, count=len(meant), names=names)
    return found, meant[0]
