"""Agreement of two annotators, on a text small enough to work out by hand."""

import json
from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest

from bench.matching import Score
from corpus.agreement import Figure, agreement_figures, compare_texts, main, match_tellings
from corpus.alpha import krippendorff_alpha
from corpus.annotated import AnnotatedText, parse_annotated

HEAD = """id: belu-01
conflict: belu
genre: wire
outlet: Belu Post
published: 2011-03-09
=== text
Gunmen shot a guard in Belu on Monday. "It was a robbery," police said.

A mine killed two boys near Sanu. The Sash denied it.
"""

FIRST = """=== tellings
types: killing, armed_attack | asserts | accomplished
anchors: shot
perp [group, unknown]: Gunmen
target [guard, killed, 1]: a guard
place [town]: Belu
time [2011-03-07, day]: Monday

types: bombing, killing | asserts | accomplished
anchors: mine killed
target [civilian, killed, 2]: two boys
instrument [mine]: A mine
place [town]: Sanu
count [killed, 2]: two

types: bombing | denies | accomplished
anchors: denied
perp [organisation, nonstate]: The Sash
=== statements
police | said | It was a robbery, | | asserts
The Sash | denied | it | | denies
=== loaded
"""

# The second leaves out the time, the mine's count and the denial, adds a robbery (of another type: no match),
# takes the guard's shooting for a claim, and gives the statement to nobody.
SECOND = """=== tellings
types: armed_attack | claims_responsibility | attempted
anchors: shot a guard
perp [group, unknown]: Gunmen
target [guard, killed, 1]: guard
place [town]: Belu

types: extortion_ransom | asserts | accomplished
anchors: robbery

types: bombing, killing | asserts | accomplished
anchors: killed two boys
target [civilian, killed, 2]: boys
place [town]: near Sanu
instrument [mine]: mine
=== statements
 | said | It was a robbery, | | asserts
=== loaded
shot -> fired at
"""


def _text(annotation: str) -> AnnotatedText:
    return parse_annotated(HEAD + annotation, "belu-01")


def _by_name(figures: list[Figure]) -> dict[str, Figure]:
    return {f.name.strip(): f for f in figures}


def test_tellings_match_by_passage_and_shared_type() -> None:
    assert match_tellings(_text(FIRST), _text(SECOND)) == [(0, 0), (1, 2)]


def test_counts_of_one_text() -> None:
    found = compare_texts(_text(FIRST), _text(SECOND))
    assert found.tellings == Score(2, 3, 2, 3)
    assert found.types == Score(3, 4, 3, 5)
    assert found.matched_types == Score(3, 3, 3, 4)
    assert found.roles["perp"] == Score(1, 1, 1, 1)  # the denier is in no matched telling
    assert found.roles["target"] == Score(2, 2, 2, 2)  # "guard" is 5 of the 7 characters of "a guard"
    assert found.roles["place"] == Score(1, 2, 1, 2)  # "Sanu" is 4 of the 9 characters of "near Sanu"
    assert found.roles["instrument"] == Score(1, 1, 1, 1)
    assert found.roles["time"] == Score(0, 0, 0, 1)
    assert found.roles["count"] == Score(0, 0, 0, 1)
    assert found.all_roles == Score(5, 6, 5, 9)
    assert found.statements == Score(1, 1, 1, 2)
    assert found.sources == (False,)
    assert found.loaded == Score(0, 1, 0, 0)
    assert found.stances == (("asserts", "claims_responsibility"), ("asserts", "asserts"))
    assert found.stages == (("accomplished", "attempted"), ("accomplished", "accomplished"))


def test_figures_of_one_text() -> None:
    figures = _by_name(agreement_figures([compare_texts(_text(FIRST), _text(SECOND))], samples=5))
    assert figures["tellings F1"].value == pytest.approx(100 * 2 / 3)
    assert figures["tellings F1"].units == "3/3"
    assert figures["types F1, all tellings"].value == pytest.approx(100 * 6 / 9)
    assert figures["roles F1, matched tellings"].value == pytest.approx(100 * 10 / 14)
    assert figures["stance, same %"].value == 50
    assert figures["stance, alpha"].value == pytest.approx(0.0)  # 4 values, 3 the same: expected 1/2, observed 1/2
    assert figures["statements F1"].value == pytest.approx(100 * 2 / 3)
    assert isnan(figures["loaded F1"].value)  # the first annotator wrote none
    assert figures["tellings F1"].low == figures["tellings F1"].high == figures["tellings F1"].value  # one text only


def test_agreement_is_symmetric_and_full_with_oneself() -> None:
    there = _by_name(agreement_figures([compare_texts(_text(FIRST), _text(SECOND))], samples=1))
    back = _by_name(agreement_figures([compare_texts(_text(SECOND), _text(FIRST))], samples=1))
    for name in ("tellings F1", "types F1, all tellings", "roles F1, matched tellings", "statements F1"):
        assert there[name].value == pytest.approx(back[name].value)
    same = _by_name(agreement_figures([compare_texts(_text(FIRST), _text(FIRST))], samples=1))
    assert {f.value for f in same.values() if f.name.endswith("F1, matched tellings") and "benef" not in f.name} == {
        100
    }
    assert same["stance, alpha"].value == 1
    assert isnan(same["stage, alpha"].value)  # one stage only: chance would agree as well


def test_interval_is_by_text_and_repeatable() -> None:
    full, half = compare_texts(_text(FIRST), _text(FIRST)), compare_texts(_text(FIRST), _text(SECOND))
    figures = _by_name(agreement_figures([full, half], samples=200))
    assert figures["tellings F1"].value == pytest.approx(100 * 5 / 6)
    assert figures["tellings F1"].low == pytest.approx(100 * 2 / 3)  # both drawings are the half-agreeing text
    assert figures["tellings F1"].high == 100
    assert _by_name(agreement_figures([full, half], samples=200))["tellings F1"] == figures["tellings F1"]


def test_two_texts_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="not the same text"):
        compare_texts(_text(FIRST), replace(_text(SECOND), text="Another text."))


def test_alpha_of_krippendorffs_example() -> None:
    pairs = list(zip("0100000010", "1110010000", strict=True))
    assert krippendorff_alpha(pairs) == pytest.approx(0.095, abs=0.0005)


def test_command_line_reads_two_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, annotation in (("first", FIRST), ("second", SECOND)):
        (tmp_path / folder / "belu").mkdir(parents=True)
        (tmp_path / folder / "belu" / "01-guard.txt").write_text(HEAD + annotation, encoding="utf-8")
    assert main(["--json", str(tmp_path / "second"), str(tmp_path / "first")]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["texts"] == 1
    assert shown["figures"]["tellings F1"] == [66.667, 66.667, 66.667]
    assert shown["figures"]["loaded F1"] == [None, None, None]
