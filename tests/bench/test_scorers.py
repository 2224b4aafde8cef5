"""The other scorers on small cases whose figures are worked out by hand."""

import gzip
import json
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.attribution import covered_tokens, read_spans
from bench.conll import entities, join_tokens
from bench.event_types import SUB_EVENTS, figures, named, read_labelled, sub_event
from bench.matching import Score, best_matching
from bench.muc4_files import read_keys
from bench.pages import overlap
from bench.roles import GoldEntity, gold_entities, score_role
from bench.tellings import Totals, add_text, alike, calibration_error
from corpus.annotated import AnnotatedTelling, AnnotatedText, Filler
from rashomon.records import ActorFiller, InstrumentFiller, TargetFiller, Telling
from rashomon.spans import take_span
from tests.bench.muc4_cases import BLAST, lines

TEXT = "Masked men burned the harbour office. The police arrested two sailors on the quay."


def entity(*strings: str, optional: bool = False) -> GoldEntity:
    return GoldEntity(frozenset(strings), optional)


def telling(types: tuple[str, ...], anchor: str, **fillers: object) -> Telling:
    """A telling of `TEXT` that stands on one word."""
    at = TEXT.index(anchor)
    span = take_span(TEXT, at, at + len(anchor))
    passage = take_span(TEXT, 0, 37) if at < 37 else take_span(TEXT, 38, len(TEXT))
    scores = (0.9,) * len(types)
    return Telling("t", "p", passage, 0.9, types, scores, "asserts", "accomplished", (span,), (passage,), **fillers)  # type: ignore[arg-type]


def mention(words: str) -> object:
    return take_span(TEXT, TEXT.index(words), TEXT.index(words) + len(words))


def gold() -> AnnotatedText:
    """Two tellings, the first with a perpetrator and a target."""

    def span(words: str) -> tuple[int, int]:
        return TEXT.index(words), TEXT.index(words) + len(words)

    fire = AnnotatedTelling(
        ("property_destruction",), "asserts", "accomplished", (span("burned"),),
        (
            Filler("perp", ("group", "nonstate", "asserts"), (span("Masked men"),)),
            Filler("target", ("government_site", "destroyed"), (span("the harbour office"),)),
        ),
        (), None,
    )  # fmt: skip
    arrest = AnnotatedTelling(("arrest_detention",), "asserts", "accomplished", (span("arrested"),), (), (), None)
    return AnnotatedText("x", "torvay", "wire", "", "", TEXT, (fire, arrest), (), ())


def test_precision_recall_and_f_of_counts() -> None:
    score = Score(3, 4, 3, 6) + Score(0, 2, 0, 0)
    assert (score.p, score.r) == (50.0, 50.0)
    assert Score().f == 0.0


def test_the_matching_has_the_largest_sum_not_the_best_first_pair() -> None:
    assert best_matching([[0.9, 0.8], [0.8, 0.1]]) == [(0, 1), (1, 0)]
    assert best_matching([[0.0, 0.0]]) == []
    assert best_matching([[0.2], [0.7], [0.5]]) == [(1, 0)]


def test_a_role_counts_each_entity_once() -> None:
    wanted = [entity("masked men", "men"), entity("sailors")]
    assert score_role(["The masked men", "sailors"], wanted).f == 100
    assert score_role([], wanted) == Score(0, 0, 0, 2)
    twice = score_role(["masked men", "men", "dogs"], wanted)
    assert (twice.matched_predicted, twice.predicted, twice.gold) == (1, 3, 2)


def test_optional_entities_are_neither_missed_nor_wrong() -> None:
    wanted = [entity("men"), entity("dogs", optional=True)]
    assert score_role(["men"], wanted).f == 100
    assert score_role(["men", "dogs"], wanted).f == 100


def test_the_keys_entities_of_all_templates_are_one_set_a_role(tmp_path: Path) -> None:
    people = {18: ['"ADA BREN"'], 19: ['"CLERK": "ADA BREN"', '"SAILORS"']}
    path = tmp_path / "key"
    path.write_text(lines("TST1-MUC3-0001", "1", {**BLAST, **people}) + lines("TST1-MUC3-0001", "2", BLAST))
    found = gold_entities(read_keys([path])["TST1-MUC3-0001"])
    assert [e.strings for e in found["perp_individual"]] == [{"masked men", "men"}]
    assert {frozenset(e.strings) for e in found["human_target"]} == {
        frozenset({"ada bren", "clerk"}),
        frozenset({"sailors"}),
    }


def test_a_token_is_in_a_span_that_it_overlaps(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text("T1\tSource 0 10\tMasked men\nT2\tContent 11 17;22 36\tburned … harbour\nE1\tAttribution:T1\n")
    spans = read_spans(path)
    assert spans == {"source": [(0, 10)], "cue": [], "content": [(11, 17), (22, 36)]}
    assert covered_tokens(TEXT, spans["source"]) == {0, 7}
    assert covered_tokens(TEXT, [(2, 8)]) == {0, 7}
    assert covered_tokens(TEXT, []) == set()


def test_entities_of_tags_and_the_text_that_tokens_make() -> None:
    assert entities(["B-X", "I-X", "O", "I-Y", "B-X", "B-X"]) == [("X", 0, 2), ("Y", 3, 4), ("X", 4, 5), ("X", 5, 6)]
    assert join_tokens(["Bren", ",", "(", "Torvay", ")"]) == (
        "Bren, (Torvay)",
        [(0, 4), (4, 5), (6, 7), (7, 13), (13, 14)],
    )


def test_tellings_that_are_all_found_score_a_hundred() -> None:
    totals = Totals()
    fire = telling(
        ("property_destruction",), "burned",
        perpetrators=(ActorFiller(mention("Masked men"), "group", 0.9),),  # type: ignore[arg-type]
        targets=(TargetFiller(mention("the harbour office"), "government_site", 0.9, "destroyed"),),  # type: ignore[arg-type]
    )  # fmt: skip
    add_text(totals, gold(), [fire, telling(("arrest_detention",), "arrested")])
    assert (totals.tellings.f, totals.types.f, totals.matched) == (100, 100, 2)
    assert sum(totals.roles.values(), Score()) == Score(2, 2, 2, 2)
    assert totals.right["stance"] == totals.right["stage"] == 2


def test_a_telling_of_another_type_is_wrong_and_its_fillers_with_it() -> None:
    totals = Totals()
    tool = InstrumentFiller(mention("harbour"), "fire", 0.5)  # type: ignore[arg-type]
    add_text(totals, gold(), [telling(("bombing",), "burned", instruments=(tool,))])
    assert totals.tellings == Score(0, 1, 0, 2)
    assert totals.types == Score(0, 1, 0, 2)
    assert totals.roles["instrument"] == Score(0, 1, 0, 0)
    assert totals.scored == [(0.9, False)]


def test_no_telling_found_scores_nothing() -> None:
    totals = Totals()
    add_text(totals, gold(), [])
    assert totals.tellings == Score(0, 0, 0, 2)
    assert sum(totals.roles.values(), Score()) == Score(0, 0, 0, 2)


def test_two_spans_are_alike_that_cover_half_of_each_other() -> None:
    assert alike((0, 10), (0, 5))
    assert not alike((0, 10), (0, 4))
    assert not alike((0, 4), (4, 8))


def test_calibration_error_by_hand() -> None:
    assert calibration_error([]) == 0.0
    assert calibration_error([(1.0, True), (1.0, True)]) == 0.0
    # two bins: 0.9 said, half right (0.4 off, two of four); 0.1 said, none right (0.1 off, two of four)
    assert calibration_error([(0.9, True), (0.9, False), (0.1, False), (0.1, False)]) == pytest.approx(0.25)


def test_shared_shingles_of_two_texts() -> None:
    same = overlap("one two three four five", "one two three four five")
    assert (same.p, same.r) == (1.0, 1.0)
    part = overlap("one two three four", "one two three four five six")  # one of one, one of three
    assert (part.p, part.r) == (1.0, pytest.approx(1 / 3))
    assert overlap("", "one two").r == 0.0
    assert overlap("", "").p == 1.0


def test_the_main_text_of_saved_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "\n".join(
        f"The harbour of Hallen was closed for the {n}th day, the port captain said." for n in range(4, 12)
    )
    page = "<html><body><article>" + "".join(f"<p>{p}</p>" for p in body.split("\n")) + "</article></body></html>"
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "a.html.gz").write_bytes(gzip.compress(page.encode()))
    truth = {"a": {"articleBody": body, "url": "https://pages.test/a"}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(truth))
    assert main(["pages", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"p", "r", "f", "exact", "pages"}
    assert (found["f"], found["exact"], found["pages"]) == (100, 100, 1)


def test_labels_of_sub_events_by_hand() -> None:
    gold_labels = ["Attack", "Attack", "Attack", "Arrests"]
    assert figures(gold_labels, gold_labels)["f_weighted"] == 100
    assert figures(["Other"] * 4, gold_labels)["f_weighted"] == 0
    found = figures(["Attack", "Attack", "Arrests", "Arrests"], gold_labels)
    # Attack: p 1, r 2/3, f 0.8; Arrests: p 1/2, r 1, f 2/3
    assert found["f_weighted"] == pytest.approx(100 * (3 * 0.8 + 2 / 3) / 4, abs=0.01)
    assert found["f_macro"] == pytest.approx(100 * (0.8 + 2 / 3) / 2, abs=0.01)
    assert found["accuracy"] == 75


@pytest.mark.parametrize("label", SUB_EVENTS)
def test_a_label_means_itself(label: str) -> None:
    assert named(label) == label
    assert named(label.upper().replace(" ", "_")) == label


def test_what_a_telling_is_called() -> None:
    assert sub_event(telling(("arrest_detention",), "arrested")) == "Arrests"
    assert sub_event(telling(("protest", "arrest_detention"), "arrested")) == "Protest with intervention"
    assert sub_event(telling(("protest", "property_destruction"), "burned")) == "Violent demonstration"
    grenade = (InstrumentFiller(mention("men"), "grenade", 0.5),)  # type: ignore[arg-type]
    assert sub_event(telling(("bombing",), "burned", instruments=grenade)) == "Grenade"
    assert sub_event(telling(("espionage",), "burned")) == "Other"


def test_a_file_of_labelled_texts(tmp_path: Path) -> None:
    path = tmp_path / "f.tsv"
    path.write_text("id\ttext\tlabel\n7\tMen burned a shed.\tMOB_VIOL\n")
    assert read_labelled(path) == [("7", "Men burned a shed.", "MOB_VIOL")]
    path.write_text("7\tno label\n")
    with pytest.raises(ValueError, match=r"f\.tsv:1"):
        read_labelled(path)
