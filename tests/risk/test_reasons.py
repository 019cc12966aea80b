"""Reasons: what moved a chance can be tried by taking it away, and its numbers are the ledger's."""

from functools import cache
from itertools import pairwise
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.language.sentences import language
from alerts.learning.estimators import boosted, weighted
from models.risk.features import FEATURES, NAMES, features, numbers
from models.risk.lived import lived
from models.risk.measures import Floats
from models.risk.neutral import FAMILIES, NEUTRAL, put_aside
from models.risk.reading import Reading
from models.risk.reading import read as read_of
from models.risk.reasons import LEAST, MOST_TOLD, moved, scored
from models.risk.telling import told
from models.risk.training import Member, Model, train
from models.risk.trees import odds, trees_of
from tests.models.histories import MANY
from tests.risk.lives import END, LEASE, Told, lives
from tests.risk.readings import CLEAR, drawn, reading, readings


def few(seed: int) -> Any:
    """The boosted trees, but few of them."""
    return boosted(seed).set_params(max_iter=40, learning_rate=0.15)  # type: ignore[attr-defined]


MAKERS = {"boosted": few, "weighted": weighted}
each_model = pytest.mark.parametrize("name", MAKERS)


@cache
def learnt(name: str) -> Model:
    """A small model of such estimators, learnt from lateness, debt and what came in."""
    rows = drawn(3000)
    X, chance = features(numbers(rows)), np.random.default_rng(1)
    weights = {"late": 0.02, "debt": 0.1, "paid": -0.3}
    worry = X @ np.array([weights.get(feature.family, 0.0) for feature in FEATURES])
    y = chance.random(len(rows)) < 1 / (1 + np.exp(1 - worry))
    return train(MAKERS[name], X, y, np.arange(len(rows)), chance)


@cache
def crowd() -> list[Reading]:
    """More than the trees are asked for at a time."""
    return drawn(9000)


class Leaning:
    """An estimator whose log odds lean on a few features."""

    def __init__(self, **weights: float) -> None:
        self.weights = np.array([weights.get(name, 0.0) for name in NAMES])

    def fit(self, X: Floats, y: object) -> None:
        """It knows what it knows."""

    def predict_proba(self, X: Floats) -> Floats:
        p = 1 / (1 + np.exp(1 - (X * self.weights).sum(axis=1)))
        return np.column_stack([1 - p, p])


def leaning(**weights: float) -> Model:
    return Model((Member(Leaning(**weights), 0.0, 1.0),))


def said(model: Model, read: Reading, name: str = "en") -> list[str]:
    (found,) = scored(model, [read])
    return [language(name).say(reason) for reason in found.reasons]


def family_of(code: str) -> str:
    """The family whose words a code is."""
    name = code.removeprefix("risk.model_")
    return "habit" if name == "coming" else next(f for f in FAMILIES if name.startswith(f))


def faithful(model: Model, read: Reading) -> None:
    (found,) = scored(model, [read])
    X = features(numbers([read]))
    aside = [put_aside(X, at) for at in range(len(FAMILIES))]
    chance, *others = model.probability(np.concatenate([X, *aside])).tolist()
    assert found.chance == round(chance * 1000)
    moves = {name: chance - other for name, other in zip(FAMILIES, others, strict=True)}
    named = [family_of(reason.code) for reason in found.reasons]
    for reason, name in zip(found.reasons, named, strict=True):
        assert abs(moves[name]) >= LEAST - 1e-9
        assert (moves[name] > 0) == (reason.args["moves"] == "risk.model_raises")
    sizes = [abs(moves[name]) for name in named]
    assert all(one >= other - 1e-9 for one, other in pairwise(sizes))
    least = min(sizes) if len(named) == MOST_TOLD else LEAST
    for name in set(FAMILIES) - set(named):
        if abs(moves[name]) > least + 1e-9 and name != "history":
            assert told(name, read, raises=moves[name] > 0) is None


@each_model
@settings(MANY, max_examples=60)
@given(read=readings())
def test_without_a_reason_the_chance_is_moved_as_its_sentence_says(
    name: str, read: Reading
) -> None:
    faithful(learnt(name), read)


@settings(MANY, max_examples=15)
@given(lives())
def test_reasons_of_leases_that_were_lived_are_as_faithful(history: Told) -> None:
    for day, lease in lived(LEASE, history, [END]):
        faithful(learnt("boosted"), read_of(lease, day))


@each_model
@settings(MANY, max_examples=3)
@given(rows=st.lists(readings(), min_size=1, max_size=20))
def test_a_lease_alone_and_among_many_is_scored_alike_bit_for_bit(
    name: str, rows: list[Reading]
) -> None:
    model, many = learnt(name), [*crowd(), *rows]
    chance, moves = moved(model, features(numbers(many)))
    for at, read in enumerate(rows, start=len(crowd())):
        alone, alone_moves = moved(model, features(numbers([read])))
        assert (alone[0], alone_moves[0].tolist()) == (chance[at], moves[at].tolist())
    assert scored(model, many)[-len(rows) :] == [scored(model, [read])[0] for read in rows]


def test_trees_asked_all_at_once_say_what_scikit_learn_says_bit_for_bit() -> None:
    X = features(numbers(drawn(500)))
    for member in learnt("boosted").members:
        known = trees_of(member.estimator)
        assert known is not None
        assert odds(known, X)[0].tobytes() == member.estimator._raw_predict(X).tobytes()
    assert trees_of(learnt("weighted").members[0].estimator) is None


@settings(MANY, max_examples=60)
@given(readings())
def test_a_family_that_is_put_aside_is_a_reading_without_it(read: Reading) -> None:
    X = features(numbers([read]))
    for family, parts in {
        "debt": ("debt", "oldest"), "ahead": ("ahead",), "failed": ("failed", "failed_year"),
        "reminded": ("reminders", "demands"), "plan": ("plan", "missed"), "contact": ("contact",),
    }.items():  # fmt: skip
        clear = msgspec.structs.replace(read, **{name: CLEAR[name] for name in parts})
        aside = put_aside(X, FAMILIES.index(family))
        assert aside.tobytes() == features(numbers([clear])).tobytes()


def test_a_lease_with_six_rents_paid_on_their_last_day_has_nothing_to_tell() -> None:
    (X,) = features(numbers([reading([0] * 6)]))
    assert X.tolist() == NEUTRAL.tolist()
    for name in MAKERS:
        (found,) = scored(learnt(name), [reading([0] * 6)])
        assert found.reasons == ()


def test_a_model_that_nothing_moves_gives_no_reason() -> None:
    (found,) = scored(leaning(), [reading([29] * 8, debt=3000, oldest=57)])
    assert (found.chance, found.reasons) == (269, ())


def test_no_leases_are_no_scores() -> None:
    assert scored(learnt("boosted"), []) == []


def test_three_facts_are_told_and_the_one_that_moved_most_first() -> None:
    model = leaning(debt_rents=1.0, late_max_6=0.02, failed_year=0.5, rents_ahead=-0.2)
    read = reading([15, 0, 0, 8, 0, 0], debt=1500, oldest=15, failed_year=2, failed=1, ahead=500)
    assert said(model, read) == [
        "1.5 months' rent is unpaid, for 15–21 days: this raises the risk",
        "2 direct debits failed in a year, 1 of them in 60 days: this raises the risk",
        "2 of the last six rents were late, the longest by 15–21 days: this raises the risk",
    ]


def test_what_moved_the_chance_against_its_words_is_not_told() -> None:
    read = reading([15, 0, 0, 8, 0, 0], debt=1500, oldest=15, ahead=1000)
    assert said(leaning(debt_rents=-1.0, late_max_6=-0.1, rents_ahead=1.0), read) == []


@pytest.mark.parametrize(
    ("weight", "read", "swedish"),
    [
        ("late_max_1", reading([8]), "Den senaste hyran var sen, 8–14 dagar: det {}"),
        ("late_max_3", reading([0, 4, 0]),
         "1 av de tre senaste hyrorna var sen, 4–7 dagar: det {}"),
        ("late_max_3", reading([365, 4, 0]),
         "2 av de tre senaste hyrorna var sena, som längst minst 365 dagar: det {}"),
        ("late_trend", reading([15, 0, 8, 0, 0, 0]),
         "De tre senaste hyrorna var sammanlagt minst 23 dygn sena, de tre före i tid: det {}"),
        ("timing_spread", reading([-1, -12, 4]),
         "De tre senaste hyrorna dröjde till som tidigast 12 dagar före sista dagen och som senast "
         "4–7 dagar efter sista dagen: det {}"),
        ("habit_coming", reading([-10] * 6, coming=4),
         "Hyran är inte betald 4–7 dagar efter den vanliga betaldagen: det {}"),
        ("debt_rents", reading([1], debt=1000, oldest=1),
         "1 månadshyra är obetald, sedan 1–3 dagar: det {}"),
        ("debt_rents", reading([0], debt=650),
         "Hyra vars sista dag just har kommit är obetald (0,65 av en månadshyra): det {}"),
        ("paid_part_3", reading([0, 0], [500, 1000]),
         "Till två hyresavier kom i snitt 75 procent inom en vecka, och en av dem fick inte hela "
         "beloppet: det {}"),
        ("failed_60", reading([0], failed=1, failed_year=1),
         "1 automatisk betalning misslyckades på ett år, 1 på 60 dagar: det {}"),
        ("reminders", reading([0], reminders=2),
         "Påminnelserna på 180 dagar är 2 och inkassokraven på ett år 0: det {}"),
        ("plan_broken", reading([0], plan=2, missed=1),
         "Den senaste betalningsplanen bröts, med 1 missad delbetalning: det {}"),
    ],
)  # fmt: skip
def test_a_reason_says_what_the_ledger_says_in_swedish(
    weight: str, read: Reading, swedish: str
) -> None:
    assert said(leaning(**{weight: 1.0}), read, "sv") == [swedish.format("höjer risken")]


def test_good_news_and_what_is_neither_are_told_as_they_moved() -> None:
    assert said(leaning(rents_ahead=-1.0), reading([0], ahead=1000)) == [
        "1 rent bill is paid ahead: this lowers the risk"
    ]
    near = reading([0], contact=8)
    for weight, moves in ((0.01, "lowers"), (-0.01, "raises")):
        assert said(leaning(contact_days=weight), near) == [
            f"The tenant was last reached or in touch 8–14 days ago: this {moves} the risk"
        ]


def test_how_long_a_lease_is_known_is_told_only_where_it_is_short() -> None:
    model = leaning(rents_known=0.5)
    assert said(model, reading([0] * 9)) == []
    assert said(model, reading([0])) == ["Only 1 rent is known yet: this lowers the risk"]


@settings(MANY, max_examples=100)
@given(read=readings())
def test_every_reason_has_its_words_in_both_languages(read: Reading) -> None:
    for family in FAMILIES:
        for raises in (True, False):
            X = features(numbers([read]))
            if (put_aside(X, FAMILIES.index(family)) != X).any() and family != "history":
                reason = told(family, read, raises=raises)
                for name in ("sv", "en"):
                    assert reason is None or language(name).say(reason)


@settings(MANY, max_examples=100)
@given(read=readings())
def test_the_numbers_of_a_reason_are_those_of_the_reading(read: Reading) -> None:
    late = [days for days in read.late if days > 0]
    if late:
        found = told("late", read, raises=True)
        assert found is not None
        assert found.args["late"] == len(late)
        assert found.args["rents"] == sum(days >= 0 for days in read.late)
        assert found.args["days"][0] == max(late)
    if read.debt:
        found = told("debt", read, raises=True)
        assert found is not None
        assert abs(found.args["rents"] - read.debt / 10) <= 1
        assert found.args.get("days", [0])[0] == read.oldest
    shares = [share for share in read.shares if share >= 0]
    if shares and min(shares) < 990 and sum(shares) < 1000 * len(shares):
        found = told("paid", read, raises=True)
        assert found is not None
        assert found.args["short"] == sum(share < 990 for share in shares)
        assert 0 <= sum(shares) / len(shares) / 10 - found.args["percent"] < 1
