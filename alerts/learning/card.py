"""A model card out of a run: what the model is for, how well it does, for whom, and what then.

With what annex IV of the AI Act (EU 2024/1689) asks of accuracy for persons and groups. In
Markdown, and in HTML with the plots in it.
"""

from collections.abc import Iterator, Mapping
from html import escape

from markdown_it import MarkdownIt

from alerts.learning import plots
from alerts.learning.manifest import Manifest
from alerts.learning.run import Run
from models.risk.gate import GroupFigures, Interval
from models.risk.lists import LEAD_EVERY, Figures

_USE = (
    "Orders a list of leases by the chance that notice for arrears, or more than a month's rent "
    "unpaid, comes within {days} days. A person decides whom to visit and what is done; a low "
    "score takes nobody off a list that the law's clock puts them on. Not for letting, credit "
    "or terminating a lease, and not for single decisions about a person. Plan as a high-risk "
    "system (annex III 5 a of the AI Act, our reading): people oversee it, it can be switched "
    "off, and then the scorecard ranks."
)
_DATA = (
    "Read of a lease: when its rents were paid, what came in for each bill, debt, failed "
    "debits, reminders, plans and contacts. Never read: age, children, district, landlord, kind "
    "of lease, amounts in kronor, disturbances, health, or the law's papers. The groups below "
    "are compared afterwards, and for that alone."
)
_DIFFER = (
    "Where the recall of families with children, the young or the old falls below the "
    "scorecard's beyond noise, the gate refuses the model. Where a group's recall is lower than "
    "others', or its expected over observed leaves 1 out of its interval, a person must find the "
    "cause before it is promoted: too few examples, another way of paying, or a feed that lacks "
    "payments. No threshold is moved by group. If it is found after promotion, the scorecard "
    "takes over the same day. A group of whom too little is known is not in the tables, and "
    "nothing is said of it."
)
_LIMITS = (
    "Learnt from one landlord's history, in which help was given to some: trouble that a visit "
    "prevented looks like no trouble. Leases under notice or over the limit are not scored by "
    "it. Where nothing is owed the figures stand apart above, and are much weaker."
)

_SHORT = {  # under a bar of a plot
    ("age", "unknown"): "age?",
    ("children", "yes"): "children",
    ("children", "no"): "no children",
    ("children", "unknown"): "children?",
}


def markdown(manifest: Manifest, done: Run) -> str:
    """The card as Markdown, without plots."""
    return "\n".join(_lines(manifest, done)) + "\n"


def html(manifest: Manifest, done: Run) -> str:
    """The card as one page that needs nothing else, with its plots."""
    body = (
        MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown(manifest, done))
    )
    drawn = "".join(f"<figure>{svg}</figure>" for svg in _plots(done))
    style = (
        "body{font-family:sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse}td,th{border:1px solid #aaa;padding:.2rem .5rem}"
        "figure{display:inline-block;width:28rem;margin:1rem 0}"
    )
    title = escape(f"Model card {manifest.name}")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style></head><body>{body}<h2>Plots</h2>{drawn}</body></html>\n"
    )


def _lines(manifest: Manifest, done: Run) -> Iterator[str]:
    found = done.backtest
    yield f"# Model card: {manifest.name}"
    yield f"\n## Purpose\n\n{_USE.format(days=found.horizon_days)}"
    yield f"\n## Data\n\n{_DATA}\n"
    yield (
        f"{done.report.leases:,} leases, bills due {done.report.first_due_on} to "
        f"{done.report.last_due_on}; {done.examples:,} examples. Judged on {found.rows:,} later "
        f"looks at {found.leases:,} leases, {found.base_rate:.1%} of them with trouble; "
        f"{found.owing_nothing:.1%} owed nothing that day. Seed {manifest.seed}; data "
        f"{manifest.data[:16]}; file {manifest.sha256[:16]}."
    )
    yield f"\n## Accuracy at {found.capacity} visits each look, 95 % intervals\n"
    yield from _methods(found.methods)
    if found.nothing_owed:
        yield "\n### Where nothing is owed today\n"
        yield from _methods(found.nothing_owed)
    yield "\n## Calibration\n\n| expected | observed | looks |\n|---|---|---|"
    yield from (f"| {b.expected:.3f} | {b.observed:.3f} | {b.looks:,} |" for b in done.reliability)
    yield "\n## The gate\n\n| test | measured | asked | passed |\n|---|---|---|---|"
    for test in found.gate:
        passed = "yes" if test.passed else "**no**"
        yield f"| {test.name} | {test.measured:.4f} | {test.asked} | {passed} |"
    yield "\n## Groups\n"
    yield from _groups(done.fairness)
    yield f"\n{_DIFFER}\n\n## Limits\n\n{_LIMITS}"


def _methods(methods: Mapping[str, Figures]) -> Iterator[str]:
    yield "| score | AUC | average precision | precision | recall | days ahead |"
    yield "|---|---|---|---|---|---|"
    for name, one in methods.items():
        cells = (one.auc, one.average_precision, one.precision_at_k, one.recall_at_k)
        yield f"| {name} | {' | '.join(map(_said, cells))} | {one.lead_days:.0f} |"


def _groups(fairness: Mapping[str, Mapping[str, GroupFigures]]) -> Iterator[str]:
    if not fairness:
        yield "No group has enough trouble in it to be judged by itself."
        return
    yield "| group | looks | trouble | recall | precision | expected over observed |"
    yield "|---|---|---|---|---|---|"
    for kind, groups in fairness.items():
        for name, one in groups.items():
            cells = " | ".join(map(_said, (one.recall, one.precision, one.ratio)))
            plain = name.replace("|", "/").replace("\n", " ")
            yield f"| {kind}: {plain} | {one.rows:,} | {one.trouble:,} | {cells} |"


def _said(one: Interval) -> str:
    return f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})"


def _plots(done: Run) -> Iterator[str]:
    found = done.backtest
    tenths = [(one.expected, one.observed) for one in done.reliability]
    yield plots.lines("Calibration", "expected", "observed", {found.chosen: tenths}, True)
    curves = {
        name: [(float(k), value) for k, value in one.precision_by_visits]
        for name, one in found.methods.items()
    }
    yield plots.lines("Precision by visits", "visits each look", "share in trouble", curves, False)
    lead = {
        name: [(LEAD_EVERY * (at + 0.5), float(n)) for at, n in enumerate(one.lead_counts)]
        for name, one in found.methods.items()
        if name in (found.chosen, "scorecard")
    }
    yield plots.lines("Days from visit to trouble", "days", "leases", lead, False)
    groups = {
        _SHORT.get((kind, name), name): one
        for kind, each in done.fairness.items()
        if kind in ("age", "children")
        for name, one in each.items()
    }
    if groups:
        recall = {name: one.recall for name, one in groups.items()}
        yield plots.bars("Recall by group", "group", "recall", recall)
        ratio = {name: one.ratio for name, one in groups.items()}
        yield plots.bars("Expected over observed by group", "group", "ratio", ratio, mark=1)
