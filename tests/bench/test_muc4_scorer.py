"""The MUC-4 scorer on templates whose scores are worked out by hand."""

from pathlib import Path

import pytest

from bench.muc4 import by_message, report, score
from bench.muc4_match import History, read_history
from bench.muc4_read import parse_templates, read_alignments
from bench.muc4_score import Tally, Template, score_pair
from tests.bench.muc4_cases import BLAST, lines, template

NO_HISTORY = History()


def columns(key: dict[int, list[str]], answer: dict[int, list[str]], slot: str, history: History = NO_HISTORY) -> str:
    """COR PAR INC SPU MIS of one slot of a pair."""
    tally = score_pair(template(key), template(answer), history)[slot]
    return f"{tally.correct} {tally.partial} {tally.incorrect} {tally.spurious} {tally.missing}"


def totals(keys: list[Template], answers: list[Template]) -> dict[str, dict[str, float]]:
    """The report of some templates."""
    return report(score(keys, answers, NO_HISTORY))  # type: ignore[return-value]


def test_the_key_itself_scores_a_hundred() -> None:
    found = totals([template(BLAST)], [template(BLAST)])
    for row in ("matched_missing", "matched_spurious", "matched_only", "all_templates"):
        assert (found[row]["p"], found[row]["r"], found[row]["f"], found[row]["f_2pr"]) == (100, 100, 100, 100)
    assert found["all_templates"]["correct"] == 10


def test_no_answer_scores_nothing() -> None:
    found = totals([template(BLAST)], [])
    assert (found["all_templates"]["f"], found["all_templates"]["missing"], found["all_templates"]["actual"]) == (
        0,
        10,
        0,
    )
    assert found["matched_only"]["possible"] == 0


def test_a_spurious_template_costs_precision_in_two_of_the_four_totals() -> None:
    extra = template({**BLAST, 4: ["KIDNAPPING"]}, number="2")
    found = totals([template(BLAST)], [template(BLAST), extra])
    assert [found[row]["p"] for row in ("matched_missing", "matched_only")] == [100, 100]
    assert [found[row]["p"] for row in ("matched_spurious", "all_templates")] == [50, 50]
    assert found["all_templates"]["f"] == pytest.approx(66.67)


def test_a_partly_right_answer() -> None:
    answer = {2: ["- 03 MAR 91"], 3: ["TORVAY"], 4: ["ATTACK"], 5: ["ATTEMPTED"], 9: ['"THE MEN"'], 12: ['"TRUCK"']}
    found = totals([template(BLAST)], [template(answer)])["all_templates"]
    # right: slot 9; half right: 3 and 4; wrong: 2, 5 and 12; four slots missed; (1 + 2 / 2) of 10 and of 6
    assert [found[c] for c in ("correct", "partial", "incorrect", "missing")] == [1, 2, 3, 4]
    assert (found["r"], found["p"]) == (20.0, 33.33)
    assert found["f"] == pytest.approx(2 * 20 * 33 / 53, abs=0.01)  # of whole percent, as in 1992
    assert found["f_exact"] == 25.0


def test_strings_match_any_alternative_but_for_premodifiers() -> None:
    assert columns({9: ['"MASKED MEN" / "MEN"']}, {9: ['"THE TWO MEN"']}, "perp-ind-id") == "1 0 0 0 0"
    assert columns({9: ['"MASKED MEN"']}, {9: ['"MEN"']}, "perp-ind-id") == "0 0 1 0 0"


def test_optional_fillers_cost_nothing_but_earn() -> None:
    key = {9: ['"CROWD"', '? "LEADER"']}
    assert columns(key, {9: ['"CROWD"']}, "perp-ind-id") == "1 0 0 0 0"
    assert columns(key, {9: ['"CROWD"', '"LEADER"']}, "perp-ind-id") == "2 0 0 0 0"
    assert columns(key, {}, "perp-ind-id") == "0 0 0 0 1"


def test_leftovers_are_wrong_in_pairs_and_then_spurious_or_missing() -> None:
    assert columns({9: ['"A CROWD"']}, {9: ['"X"', '"Y"', '"Z"']}, "perp-ind-id") == "0 0 1 2 0"
    assert columns({9: ['"A"', '"B"', '"C"']}, {9: ['"X"']}, "perp-ind-id") == "0 0 1 0 2"


@pytest.mark.parametrize(
    ("slot", "at", "key", "answer", "expected"),
    [
        ("inc-instr-type", 7, 'MACHINE GUN: "X"', 'GUN: "X"', "0 1 0 0 0"),
        ("inc-instr-type", 7, 'GUN: "X"', 'MACHINE GUN: "X"', "0 0 1 0 0"),
        ("inc-type", 4, "BOMBING", "ATTACK", "0 1 0 0 0"),
        ("inc-type", 4, "ATTACK", "BOMBING", "0 0 1 0 0"),
        ("hum-tgt-type", 20, 'GOVERNMENT OFFICIAL: "X"', 'POLITICAL FIGURE: "X"', "0 1 0 0 0"),
        ("inc-loc", 3, "TORVAY: HALLEN (CITY)", "TORVAY: BREN (CITY)", "0 1 0 0 0"),
        ("inc-loc", 3, "TORVAY: HALLEN (CITY)", "MERROW: HALLEN (CITY)", "0 0 1 0 0"),
        ("inc-loc", 3, "(TORVAY: HALLEN (CITY)) / (TORVAY)", "TORVAY", "1 0 0 0 0"),
        ("inc-date", 2, "(01 DEC 91) / (01 DEC 91 - 02 DEC 91)", "01 DEC 91 - 02 DEC 91", "1 0 0 0 0"),
        ("inc-date", 2, "17 DEC 91", "27 DEC 91", "0 0 1 0 0"),
        ("phys-tgt-num", 14, '1 / PLURAL: "SHEDS"', 'PLURAL: "SHEDS"', "1 0 0 0 0"),
        ("hum-tgt-total-num", 24, "12 - 15", "12-15", "1 0 0 0 0"),
    ],
)
def test_what_the_guidelines_score_without_a_person(slot: str, at: int, key: str, answer: str, expected: str) -> None:
    assert columns({at: [key]}, {at: [answer]}, slot) == expected


def test_a_right_kind_of_something_else_is_wrong_and_of_nothing_half_right() -> None:
    key = {19: ['"DOCKERS"', '"CLERK"'], 20: ['CIVILIAN: "DOCKERS"', 'GOVERNMENT OFFICIAL: "CLERK"']}
    right = {19: ['"DOCKERS"'], 20: ['CIVILIAN: "DOCKERS"']}
    assert columns(key, right, "hum-tgt-type") == "1 0 0 0 1"
    assert columns(key, {20: ["CIVILIAN"]}, "hum-tgt-type") == "0 1 0 0 1"
    mistaken = {19: ['"DOCKERS"'], 20: ['GOVERNMENT OFFICIAL: "DOCKERS"']}
    assert columns(key, mistaken, "hum-tgt-type") == "0 0 1 0 1"


def history(tmp_path: Path, slot: str, decision: str) -> History:
    """A history with one decision on the first template."""
    path = tmp_path / "history"
    path.write_text(f'(("TST1-MUC3-0001" ("1" ({slot} {decision}))))')
    return read_history(path)


def test_a_person_may_let_an_answer_count(tmp_path: Path) -> None:
    held = history(tmp_path, "perp-ind-id", r'("\"THUGS\"" partial (or "\"MASKED MEN\"" "\"MEN\"")) ("\"BOYS\"" fail)')
    key = {9: ['"MASKED MEN" / "MEN"']}
    tally = score_pair(template(key), template({9: ['"THUGS"']}), held)["perp-ind-id"]
    assert tally == Tally(partial=1, partial_by_hand=1)
    assert columns(key, {9: ['"BOYS"']}, "perp-ind-id", held) == "0 0 1 0 0"


def test_a_person_may_let_one_answer_stand_for_several(tmp_path: Path) -> None:
    held = history(tmp_path, "phys-tgt-id", r'("\"VEHICLES\"" partial (all-of "\"TRUCK\"" "\"VAN\""))')
    assert columns({12: ['"TRUCK"', '"VAN"', '"CRANE"']}, {12: ['"VEHICLES"']}, "phys-tgt-id", held) == "0 2 0 0 1"


def test_a_reference_that_a_person_held_the_same_makes_its_kind_right(tmp_path: Path) -> None:
    held = history(tmp_path, "phys-tgt-id", r'("\"QUAY HOUSE\"" match "\"HARBOUR OFFICE\"")')
    key = {12: ['"HARBOUR OFFICE"'], 13: ['COMMERCIAL: "HARBOUR OFFICE"']}
    answer = {12: ['"QUAY HOUSE"'], 13: ['COMMERCIAL: "QUAY HOUSE"']}
    assert columns(key, answer, "phys-tgt-type", held) == "1 0 0 0 0"
    assert columns(key, answer, "phys-tgt-type") == "0 0 1 0 0"


def test_templates_are_aligned_by_recall_and_only_where_content_allows() -> None:
    other = {**BLAST, 9: ['"SAILORS"'], 12: ['"CUSTOMS SHED"'], 13: ['COMMERCIAL: "CUSTOMS SHED"']}
    keys = [template(BLAST), template(other, number="2")]
    scored = score(keys, [template(other, number="1"), template(BLAST, number="2")], NO_HISTORY)
    assert {(s.key, s.answer) for s in scored} == {("1", "2"), ("2", "1")}
    stray = template({4: ["BOMBING"], 5: ["ACCOMPLISHED"]})
    assert [s.status for s in score([template(BLAST)], [stray], NO_HISTORY)] == ["missing", "spurious"]


def test_a_missed_optional_template_and_an_irrelevant_message_cost_nothing() -> None:
    optional = list(parse_templates(lines("TST1-MUC3-0001", "1 (OPTIONAL)", BLAST).split("\n")))
    none = list(parse_templates(lines("TST1-MUC3-0002", "*", {}).split("\n")))
    found = totals([*optional, *none], none)
    assert found["all_templates"]["possible"] == 0
    assert found["template_id"]["noncommittal"] == 2
    assert totals(optional, optional)["all_templates"]["f"] == 100


def test_a_report_says_what_people_aligned(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text(
        "TST1-MUC3-0001\t     key: 1  response: 2\t\t\nTST1-MUC3-0001\t key: <NONE>  response: 1 [spurious]\n"
    )
    alignment = read_alignments(path)
    answers = [template(BLAST), template({4: ["KIDNAPPING"]}, number="2")]
    scored = score([template(BLAST)], answers, NO_HISTORY, alignment)
    assert {(s.key, s.answer) for s in scored} == {("1", "2"), (None, "1")}
    assert by_message(scored)["TST1-MUC3-0001"]["inc-type"][:5] == (1, 2, 0, 0, 1)
