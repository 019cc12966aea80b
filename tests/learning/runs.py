"""A run with invented figures, for what is said of it."""

from datetime import date

from alerts.learning.artefact import FORM
from alerts.learning.backtest import Backtest
from alerts.learning.manifest import Manifest
from alerts.learning.run import Run
from alerts.learning.validation import Report
from models.risk.gate import Evidence, Interval, tests
from models.risk.lists import Figures
from models.risk.measures import Bin

ONE = Interval(0.5, 0.4, 0.6)
FIGURES = Figures(ONE, ONE, ONE, ONE, 40.0, [(5, 0.6), (10, 0.5)], [3, 2, 1, 0, 0, 0])
EVIDENCE = Evidence(
    gain_at_capacity=ONE, gain_average_precision=ONE, top_ratio=Interval(1, 0.9, 1.1),
    decile_ratios=(), slope=0.5, brier_skill=0.1, calibration_error=0.01, calibration_noise=0.02,
    base_rate=0.1, groups={},
)  # fmt: skip
METHODS = dict.fromkeys(("steps", "boosted", "scorecard"), FIGURES)
RUN = Run(
    Report({}, 10, 0, 0, 1.0, 1.0, 0, 0, "2022-01-31", "2024-12-31", "2025-01-05"),
    100,
    Backtest(
        rows=50, leases=10, looks=[date(2024, 6, 1)], horizon_days=90, base_rate=0.1,
        owing_nothing=0.9, capacity=10, chosen="boosted", methods=METHODS, nothing_owed={},
        evidence=EVIDENCE, gate=tests(EVIDENCE), promotable=False,
    ),
    [Bin(5, 0.01, 0.02), Bin(5, 0.3, 0.25)],
    {},
)  # fmt: skip
MANIFEST = Manifest(
    name="2026-11-26-boosted-0", form=FORM, kind="boosted", features=(), trained_on="2026-11-26",
    sha256="0" * 64, data="1" * 64, versions={}, seed=1, promotable=False, failed=[], metrics={},
)  # fmt: skip
