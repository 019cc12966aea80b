"""Broken playbooks: each is told what is wrong, where, and how to mend it."""

import pytest

from tests.playbooks.written import FINE, spoilt, told

CHANNELS = (
    "letter, call, text, visit, joint_visit, referral, plan, guarantee, meeting, review, feedback, "
    "payment, contact"
)
CLOCKS = '"3 working days", "48 hours", "same day", "round" or "at review"'
KINDS = "first_hand, second_hand, municipal, trial"
FAMILIES = (
    'add a step with trigger = "rent_late", no `after`, an audience that is not narrowed, and a '
    "channel out of call, contact, joint_visit, letter, text, visit"
)
GROUPS = '[["children"], ["young", "old", "unknown"], ["others"]]'
LETTER = 'actor = ["caseworker"]\nwithin = "2 working days"'
SEE = 'actor = ["caseworker"]\nwithin = "5 working days"'
OTHER = 'trigger = "nobody_home"'


def with_table(table: str) -> str:
    return f"{FINE}\n{table}\n"


BROKEN: dict[str, tuple[str, str]] = {
    "a text without quotes": (
        spoilt('"mytown"', "mytown"),
        "this is not TOML: Invalid value (at line 1, column 8), in name = mytown: mend it there or "
        "just above; texts and codes stand in double quotes, lists in brackets",
    ),
    "an empty file": (
        "",
        "there is nothing in it: begin with what `bokvar playbook new` writes",
    ),
    "brackets without end": ("a = " + "[" * 3_000, "brackets stand too deep in each other"),
    "a key that must be there is not": (
        spoilt('within = "2 working days"\n', ""),
        f'steps.letter.within: is missing: add `within = "3 working days"`; it is {CLOCKS}',
    ),
    "a title in one language": (
        spoilt('{ sv = "Vår stad", en = "Our town" }', '"Vår stad"'),
        'title: \'Vår stad\' is in no language: write both, { sv = "...", en = "..." }',
    ),
    "a key with a slip": (
        spoilt('channel = "letter"', 'chanel = "letter"'),
        "steps.letter.chanel: is no key here; did you mean `channel`? Write that",
    ),
    "a key that there is nowhere": (
        spoilt('channel = "letter"', 'channel = "letter"\ncolour = "red"'),
        "steps.letter.colour: is no key here: take it away, or use one of id, trigger, channel, "
        "actor, within, after, begins_when, days_late, audience, unless, attempts, committee, "
        "escalate, text",
    ),
    "a key of the whole file inside a table": (
        spoilt('["9901"]', '["9901"]\nmeasures = []'),
        "applies.measures: stands inside a table: move it to the top of the file, above the first "
        "[ line",
    ),
    "a value with a slip": (
        spoilt('channel = "visit"', 'channel = "visist"'),
        "steps.see.channel: 'visist' is none of its values; did you mean `visit`? Write that",
    ),
    "a value that there is not": (
        spoilt('channel = "visit"', 'channel = "pigeon"'),
        f"steps.see.channel: 'pigeon' is none of its values: use one of {CHANNELS}",
    ),
    "one value where there is a list": (
        spoilt('actor = ["caseworker"]', 'actor = "caseworker"'),
        "steps.letter.actor: 'caseworker' is no list: put it in brackets, as [\"caseworker\"]",
    ),
    "two steps of one id": (
        spoilt('id = "see"', 'id = "letter"'),
        "steps.letter.id: 2 steps have this id: give each an id of its own",
    ),
    "the name of a duty of law": (
        spoilt('id = "see"', 'id = "confirm_eviction"'),
        "steps.confirm_eviction.id: that is the name of a duty of law: choose another id",
    ),
    "a step after one that there is not": (
        spoilt('after = "letter"', 'after = "lettre"'),
        "steps.see.after: there is no step 'lettre': name one of letter, other_way",
    ),
    "a step after itself": (
        spoilt('after = "letter"', 'after = "see"'),
        "steps.see.after: it waits for itself: name another step, or take it away",
    ),
    "an unreadable clock": (
        spoilt('"2 working days"', '"2 days"'),
        f"steps.letter.within: '2 days' is no clock: write {CLOCKS}",
    ),
    "a clock of no hours": (
        spoilt('"2 working days"', '"0 hours"'),
        f"steps.letter.within: '0 hours' is no clock: write {CLOCKS}",
    ),
    "a round without late rent": (
        spoilt('within = "3 working days"', 'within = "round"'),
        'steps.other_way.within: "round" counts from the rent\'s due day: set trigger = '
        '"rent_late", or write a clock in working days',
    ),
    "a review's clock without a review": (
        spoilt('"2 working days"', '"at review"'),
        'steps.letter.within: "at review" needs trigger = "review_due": write that, or a clock in '
        "working days",
    ),
    "a step that nothing sets off": (
        spoilt(OTHER, f'trigger = []\n[[steps]]\nid = "x1"\n{OTHER}')
        .replace('id = "x1"\n', 'id = "x1"\nchannel = "text"\n' + LETTER + "\n", 1)
        .replace("trigger = []\n", 'trigger = []\nchannel = "text"\n' + LETTER + "\n", 1)
        .replace('channel = "contact"\nactor = ["caseworker"]\nwithin = "3 working days"\n', ""),
        'steps.other_way.trigger: nothing sets it off: name at least one, as "rent_late"',
    ),
    "a step that nobody does": (
        spoilt(SEE, 'actor = []\nwithin = "5 working days"'),
        "steps.see.actor: nobody does it: name at least one actor",
    ),
    "groups that do not begin with children": (
        spoilt(GROUPS, '[["young", "old", "unknown"], ["children"], ["others"]]'),
        'groups: children come first in every town: begin with ["children"]',
    ),
    "a group twice": (
        spoilt('["others"]]', '["others", "old"]]'),
        "groups: old stands there 2 times: name each of children, young, old, unknown, others once",
    ),
    "a group left out": (
        spoilt('"old", "unknown"', '"unknown"'),
        "groups: old is missing: name each of children, young, old, unknown, others once",
    ),
    "unknown households last": (
        spoilt(GROUPS, '[["children"], ["young", "old"], ["others"], ["unknown"]]'),
        "groups: unknown is never none: put unknown no later than young, old and others",
    ),
    "groups without brackets of their own": (
        spoilt(GROUPS, '["children", "young", "old", "unknown", "others"]'),
        f"groups: each of them stands in brackets of its own: write {GROUPS}",
    ),
    "late rent for the young alone": (
        spoilt(LETTER, f'{LETTER}\naudience = {{ ages = ["young"] }}'),
        f"steps: late rent leaves families behind ({KINDS}): {FAMILIES}",
    ),
    "late rent for known families alone, for an unknown household may have children": (
        spoilt(LETTER, f"{LETTER}\naudience = {{ children = true }}"),
        f"steps: late rent leaves families behind ({KINDS}): {FAMILIES}",
    ),
    "late rent in some kinds of lease alone": (
        spoilt(LETTER, f'{LETTER}\naudience = {{ kinds = ["municipal", "trial"] }}'),
        f"steps: late rent leaves families behind (first_hand, second_hand): {FAMILIES}",
    ),
    "late rent that is answered to the landlord alone": (
        spoilt('channel = "letter"', 'channel = "feedback"'),
        f"steps: late rent leaves families behind ({KINDS}): {FAMILIES}",
    ),
    "nothing follows when nobody is home": (
        FINE[: FINE.index('[[steps]]\nid = "other_way"')],
        "steps.see.attempts: nothing follows when nobody is home: add a step with trigger = "
        '"nobody_home"',
    ),
    "the landlord told of children": (
        spoilt(SEE, SEE.replace("caseworker", "landlord") + "\naudience = { children = false }"),
        "steps.see.audience: landlord and enforcement authority may not learn of children or "
        "subtenants in a home: give the step an actor of the municipality, or another audience",
    ),
    "the landlord told of children in a town's own words": (
        spoilt(
            SEE,
            SEE.replace("caseworker", "landlord")
            + '\ntext = { sv = "Hör hur barnen har det", en = "Ask how they are" }',
        ),
        "steps.see.text: landlord and enforcement authority may not learn of children or "
        "subtenants in a home: write it without them",
    ),
    "the landlord told of subtenants, when a task has been left undone": (
        spoilt(
            SEE,
            f"{SEE}\naudience = {{ subtenants = true }}\n"
            'escalate = { after = 3, to = "landlord" }',
        ),
        "steps.see.audience: landlord and enforcement authority may not learn of children or "
        "subtenants in a home: give the step an actor of the municipality, or another audience",
    ),
    "a call that stops a step of the law's road": (
        spoilt(OTHER, 'trigger = ["nobody_home", "phoned", "form_3"]\nunless = ["phoned"]'),
        "steps.other_way.unless: a call stops no step of the law's road: take it away, or move the "
        "step to another trigger",
    ),
    "a call that stops a step for good": (
        spoilt('after = "letter"', 'after = "letter"\nunless = ["phoned"]'),
        "steps.see.unless: who phones and does not pay is left behind: add a step with trigger = "
        '"phoned"',
    ),
    "a committee without a referral": (
        spoilt('after = "letter"', 'after = "letter"\ncommittee = "elderly"'),
        'steps.see.committee: only a referral goes to a committee: set channel = "referral", or '
        "take it away",
    ),
    "sobriety as a condition of the home": (
        with_table('[[ladder]]\ncontract = "X"\nreview_after = 12\nconditions = ["nykterhet"]'),
        "ladder[1].conditions: no home rests on visits, sobriety or treatment (JO 8958-2020): take "
        "'nykterhet' away",
    ),
    "sobriety as a condition in a town's own words for a step": (
        spoilt(
            'after = "letter"',
            'after = "letter"\ntext = { sv = "Hembesök: nykterhet krävs", en = "Home visit" }',
        ),
        "steps.see.text: no home rests on visits, sobriety or treatment (JO 8958-2020): take "
        "'Hembesök: nykterhet krävs' away",
    ),
    "treatment as a condition in what every tenant is told": (
        with_table(
            '[[every_tenant]]\nsv = "Behandling hjälper"\nen = "You must take treatment to stay"'
        ),
        "every_tenant[1]: no home rests on visits, sobriety or treatment (JO 8958-2020): take "
        "'You must take treatment to stay' away",
    ),
    "visits as a condition of a guarantee": (
        with_table(
            '[[guarantees]]\nid = "g1"\n'
            'who = [{ sv = "den som tar emot hembesök", en = "who lets us in" }]'
        ),
        "guarantees.g1.who: no home rests on visits, sobriety or treatment (JO 8958-2020): take "
        "'den som tar emot hembesök' away",
    ),
    "a contract of a day": (
        with_table('[[ladder]]\ncontract = "24-timmarskontrakt"\nreview_after = 12'),
        "ladder[1].contract: a contract of 24 hours is never made (JO 8958-2020): name a tenancy "
        "with its tenure",
    ),
    "tenure waived for nothing": (
        with_table('[[ladder]]\ncontract = "X"\nreview_after = 12\ntenure_waived_for = 36'),
        "ladder[1].tenure_waived_for: tenure is waived but no support is promised: set "
        "support_ends_after, or take it away",
    ),
    "a guarantee of more months than it holds": (
        with_table(
            '[[guarantees]]\nid = "g1"\nwho = ["alla"]\nmonths_of_rent = 6\nwithin_months = 3'
        ),
        "guarantees.g1.months_of_rent: 6 months of rent cannot fall due within 3: write fewer, or "
        "a longer within_months",
    ),
    "a meeting every week": (
        with_table('[[meetings]]\nid = "m1"\nevery = "week"\nwho = ["alla"]'),
        "meetings.m1.every: 'week' is none of its values: use one of month, quarter, half_year",
    ),
    "a municipality code of three digits": (
        spoilt('"9901"', '"181"'),
        "applies.municipalities: '181' cannot be: write SCB's four digits in quotes, as \"0181\"",
    ),
    "a municipality code without quotes": (
        spoilt('"9901"', "9901"),
        'applies.municipalities: 9901 cannot be: write SCB\'s four digits in quotes, as "0181"',
    ),
    "a town twice": (
        spoilt('"9901"', '"9901", "9901"'),
        "applies.municipalities: 9901 stands there 2 times: name it once",
    ),
    "kinds of lease of no town": (
        spoilt('municipalities = ["9901"]', 'kinds = ["municipal"]'),
        "applies.municipalities: kinds or districts are named, but no town has them: add the "
        'town\'s code, as municipalities = ["0181"]',
    ),
    "an outcome with a slip": (
        spoilt("[applies]", "[follow_up]\nreachd = 5\n\n[applies]"),
        "follow_up.reachd: that is no outcome: did you mean `reached`? Write that",
    ),
    "a follow-up on the same day": (
        spoilt("[applies]", "[follow_up]\nreached = 0\n\n[applies]"),
        "follow_up.reached: 0 cannot be: write a whole number from 1 to 60",
    ),
    "a name with a space": (
        spoilt('"mytown"', '"My Town"'),
        "name: 'My Town' cannot be: write 2 to 40 small letters a-z, digits and _, with a letter "
        "first",
    ),
    "an id with a capital, told by its place": (
        spoilt('id = "see"', 'id = "See"'),
        "steps[2].id: 'See' cannot be: write 2 to 40 small letters a-z, digits and _, with a "
        "letter first",
    ),
    "yes in place of true": (
        spoilt(SEE, f'{SEE}\naudience = {{ small = "yes" }}'),
        "steps.see.audience.small: 'yes' is neither: write true or false, in small letters and "
        "without quotes",
    ),
    "a line break in a sentence": (
        spoilt('"our own way of working"', '"our\\nown"'),
        "source: has a line break or a control character in it: write it on one line",
    ),
    "one bracket around steps": (
        FINE[: FINE.index("[[steps]]")] + '[steps]\nid = "letter"\n',
        "steps: is one table only: write [[steps]], in two brackets, above each",
    ),
    "a task that goes to who has it": (
        spoilt('after = "letter"', 'after = "letter"\nescalate = { after = 5, to = "caseworker" }'),
        "steps.see.escalate.to: caseworker has the task already: name another actor",
    ),
    "something that came of no step": (
        spoilt(OTHER, f'{OTHER}\nbegins_when = ["referred"]'),
        "steps.other_way.begins_when: it begins after no step: name one in `after`, or take it "
        "away",
    ),
    "days late of something else than rent": (
        spoilt(OTHER, f"{OTHER}\ndays_late = 3"),
        'steps.other_way.days_late: only rent can be late: set trigger = "rent_late", or take it '
        "away",
    ),
}


def test_the_playbook_that_the_others_are_spoilt_from_is_fine() -> None:
    assert told(FINE) == []


def test_a_file_that_begins_with_a_byte_order_mark_is_read_as_without_it() -> None:
    assert told("\ufeff" + FINE) == []


@pytest.mark.parametrize("situation", BROKEN)
def test_a_broken_playbook_is_rejected_with_the_sentence_that_mends_it(situation: str) -> None:
    text, sentence = BROKEN[situation]
    (said,) = told(text)
    assert said.startswith(sentence)


def test_steps_that_wait_for_each_other_are_each_told_and_so_are_the_families() -> None:
    after = spoilt('trigger = "rent_late"\n', 'trigger = "rent_late"\nafter = "see"\n')
    assert told(after) == [
        "steps.letter.after: these steps wait for each other: take it away from one of them",
        "steps.see.after: these steps wait for each other: take it away from one of them",
        f"steps: late rent leaves families behind ({KINDS}): {FAMILIES}",
    ]


def test_all_that_is_wrong_is_told_at_once_whatever_its_kind() -> None:
    text = FINE
    for old, new in (
        ('title = { sv = "Vår stad", en = "Our town" }\n', ""),
        ('channel = "letter"', 'chanel = "letter"'),
        ('actor = ["caseworker"]', 'actor = "caseworker"'),
        ('after = "letter"', "after = 3"),
    ):
        text = text.replace(old, new, 1)
    assert [fault.partition(": ")[0] for fault in told(text)] == [
        "title",
        "steps.letter.chanel",
        "steps.letter.actor",
        "steps.see.after",
    ]


def test_what_can_be_read_of_a_file_with_a_wrong_key_is_looked_at_too() -> None:
    text = spoilt('after = "letter"', 'after = "lettre"').replace("attempts", "")
    text = text.replace('id = "letter"', 'id = "letter"\ncolour = "red"', 1)
    assert [fault.partition(": ")[0] for fault in told(text)] == [
        "steps.letter.colour",
        "steps.see.after",
    ]


def test_a_playbook_of_some_districts_reaches_the_families_there_by_steps_for_each() -> None:
    text = spoilt('["9901"]', '["9901"]\ndistricts = ["Norr", "Söder"]')
    narrowed = text.replace(LETTER, f'{LETTER}\naudience = {{ districts = ["Norr"] }}', 1)
    assert told(text) == []
    (said,) = told(narrowed)
    assert "(first_hand in Söder, second_hand in Söder" in said
