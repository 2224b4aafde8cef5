"""The rule that puts MUC-4's templates together into incidents."""

import pytest

from bench.muc4_files import Fill, Template
from bench.muc4_incidents import decided_items, link_items, read_items


def template(day: str, kind: str = "BOMBING", person: str = "", thing: str = "", country: str = "NORLAND") -> Template:
    """A template with the slots that the rule looks at; the country and the names are invented."""
    slots = {2: [Fill((), day, False)], 3: [Fill((), f"{country}: OTHIN", False)], 4: [Fill((), kind, False)]}
    strings = {18: person, 12: thing}
    return slots | {slot: [Fill((s,), None, False)] for slot, s in strings.items() if s}


def one_incident(a: Template, b: Template) -> bool:
    """Whether the rule puts two messages' templates together."""
    items = read_items({"M1": [a], "M2": [b]})
    return len(set(link_items(items).values())) == 1


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("MELIN", "TARO MELIN", True),
        ("ISA TARO MELIN", "ANA TARO MELIN", True),
        ("TARO MELIN", "TARO OSKEV", False),
    ],
)
def test_people_are_one_if_a_name_holds_the_other_or_two_words_of_it(a: str, b: str, one: bool) -> None:
    assert one_incident(template("11 NOV 89", person=a), template("- 14 DEC 89", person=b)) is one


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("THE OFFICES OF EL ZORZAL", "EL ZORZAL'S MAIN OFFICE", True),
        ("ZORZAL BRANCHES IN OTHIN", "ONE BRANCH OF ZORZAL", True),
        ("ZORZAL OFFICES", "ZORZAL PRINTING WORKS", False),
        ("THE ZORZAL PRINTING WORKS YARD", "THE ZORZAL YARD WALL GATE", False),
        ("THE BRIDGE", "THE BRIDGE", False),
        ("THE BRIDGE ON THE OTHIN", "A HOUSE ON THE OTHIN", False),
    ],
)
def test_things_are_one_if_they_share_two_words_and_most_of_the_shorter(a: str, b: str, one: bool) -> None:
    assert one_incident(template("11 NOV 89", thing=a), template("12 NOV 89", thing=b)) is one


def test_things_of_words_that_many_messages_have_are_not_one() -> None:
    pylons = {f"M{n}": [template(f"{2 * n + 1:02} MAY 89", thing="POWER PYLONS")] for n in range(12)}
    told = template("20 NOV 89", thing="POWER PYLONS")
    items = read_items(pylons | {"A": [told], "B": [told]})
    incident = link_items(items)
    assert incident["A 0"] != incident["B 0"]
    assert decided_items(items) == set()


def test_two_of_one_message_and_what_fits_less_than_half_of_them_stay_apart() -> None:
    one, both = template("11 NOV 89", person="TARO MELIN"), template("11 NOV 89", person="IRO VESK")
    assert len(set(link_items(read_items({"M1": [one, one]})).values())) == 2
    listed = one | {18: [Fill(("TARO MELIN",), None, False), Fill(("IRO VESK",), None, False)]}
    told = {"M1": [one], "M2": [one], "M3": [one], "M4": [listed], "M5": [both], "M6": [both], "M7": [both]}
    incident = link_items(read_items(told))
    assert incident["M1 0"] == incident["M3 0"] != incident["M5 0"] == incident["M7 0"]


def test_an_open_date_reaches_back_a_fortnight_for_things_and_without_end_for_people() -> None:
    thing, person = {"thing": "ZORZAL OFFICES"}, {"person": "TARO MELIN"}
    assert one_incident(template("15 NOV 89", **thing), template("- 30 NOV 89", **thing))
    assert not one_incident(template("14 NOV 89", **thing), template("- 30 NOV 89", **thing))
    assert one_incident(template("05 OCT 87", **person), template("- 14 NOV 89", **person))


def test_another_type_country_or_day_is_another_incident() -> None:
    told = template("11 NOV 89", person="TARO MELIN")
    assert one_incident(told, template("12 NOV 89", person="TARO MELIN"))
    assert not one_incident(told, template("14 NOV 89", person="TARO MELIN"))
    assert not one_incident(told, template("11 NOV 89", "KIDNAPPING", person="TARO MELIN"))
    assert not one_incident(told, template("11 NOV 89", person="TARO MELIN", country="SUDMARK"))


def test_what_names_no_target_is_not_decided() -> None:
    undated = template("", thing="ZORZAL OFFICES")
    items = read_items({"M1": [template("11 NOV 89"), template("11 NOV 89", thing="ZORZAL OFFICES"), undated]})
    assert decided_items(items) == {"M1 1"}
