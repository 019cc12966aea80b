"""What `bokvar train` and `backtest` tell people: the report of a history, and the figures."""

from collections.abc import Iterator

from alerts.learning.run import Run
from alerts.learning.validation import Report
from models.risk.evidence import PRIORITY
from streams.cli.screen import say


def report_lines(report: Report) -> Iterator[str]:
    """The validation report, a fact a line."""
    for name, found in report.files.items():
        wrong = [f"{count:,} {fault.replace('_', ' ')}" for fault, count in found.items()]
        left_out = [part for part in wrong[1:] if not part.startswith("0 ")]
        rest = f"; left out: {', '.join(left_out)}" if left_out else ""
        yield f"{name}: {found['rows']:,} rows{rest}"
    yield (
        f"{report.leases:,} leases, bills due {report.first_due_on} to {report.last_due_on}, "
        f"payments known whole through {report.through}"
    )
    yield f"{report.matched_share:.1%} of the payments belong to a lease that has bills"
    yield f"{report.paid_share:.1%} of what was asked for came in"
    for count, text in (
        (report.paid_beyond, "payments dated after that day, not used"),
        (report.credits - report.unmatched_credits, "negative bills, which are credits"),
        (report.unmatched_credits, "negative bills that fit no bill, not used"),
        (report.returns - report.unmatched_returns, "negative payments, which went back"),
        (report.unmatched_returns, "negative payments that fit no payment, not used"),
        (report.scarce_months, "months before it with hardly a payment: is a file missing?"),
        (report.without_bills, "leases without a bill, not used"),
        (report.without_payments, "leases with bills and no payment: are their ids the same?"),
        (report.without_rent, "leases whose rent in leases.csv is 0 or below"),
        (report.billed_unknown, "leases with bills that leases.csv does not have, not used"),
        (report.with_gaps, "leases with more than two months between two bills"),
        (report.trifling_bills, "bills below 100 kr, which count as trifles"),
    ):
        if count:
            yield f"{count:,} {text}"


def print_run(done: Run) -> None:
    """The figures of a run, for people."""
    found = done.backtest
    say(
        f"{found.rows:,} looks at {found.leases:,} leases on {len(found.looks)} days were judged; "
        f"{found.base_rate:.1%} came into trouble within {found.horizon_days} days"
    )
    for name, one in found.methods.items():
        chosen = " (chosen)" if name == found.chosen else ""
        say(
            f"{name:<14} AUC {one.auc.value:.3f}  precision in the mean "
            f"{one.average_precision.value:.3f}, at {found.capacity} visits "
            f"{one.precision_at_k.value:.3f}, recall {one.recall_at_k.value:.3f}, "
            f"{one.lead_days:.0f} days ahead{chosen}"
        )
    for name, one in found.nothing_owed.items():
        say(f"{name:<14} AUC {one.auc.value:.3f} where nothing is owed today")
    for test in found.gate:
        if not test.passed:
            say(f"failed: {test.name} is {test.measured:.4f}; asked is {test.asked}")
    untried = [name for name in PRIORITY if name not in found.evidence.groups]
    if untried:
        say(f"not tried, for too little is known of them: the recall of {', '.join(untried)}")
    say(
        "The model may take the scorecard's place."
        if found.promotable
        else "The scorecard keeps its place."
    )
