"""Cases labelled by incident: read as they are written, matched one to one, scored beside two baselines."""

import json
from pathlib import Path

import pytest

from bench.cases import agreement, evaluate, match_labels, read_pages
from corpus.annotated import AnnotationError
from corpus.cases import CASES, TEST_CASES, CasePage, case_paths, read_case

FIRST = "Bomb at Tarn market\n\nA bomb exploded in the market of Tarn on Monday, killing four people, police said."
SECOND = (
    "Four dead in Tarn\n\nFour people were killed on Monday when a bomb went off in the market of Tarn. "
    "On Tuesday troops arrested two students in Vell."
)


def write_case(path: Path, anchor: str = "exploded") -> Path:
    blast = {"incident": "blast", "types": ["bombing", "killing"], "targets": ["four people"]}
    told = {"incident": "blast", "types": ["bombing", "killing"], "targets": ["Four people"], "anchors": ["went off"]}
    taken = {"incident": "arrests", "types": ["arrest_detention"], "targets": ["two students"], "anchors": ["arrested"]}
    pages = [
        {"id": "tarn-01", "outlet": "The Tarn Post", "published": "2012-05-08", "text": FIRST,
         "tellings": [blast | {"anchors": [anchor]}]},
        {"id": "tarn-02", "outlet": "Radio Vell", "published": "2012-05-09", "text": SECOND, "tellings": [told, taken]},
    ]  # fmt: skip
    path.write_text(json.dumps({"name": "tarn", "pages": pages}), encoding="utf-8")
    return path


def read_small(tmp_path: Path) -> list[CasePage]:
    return read_case(write_case(tmp_path / "tarn.json"))


def test_a_string_that_is_not_in_the_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="tarn-01: not in the text: 'imploded'"):
        read_case(write_case(tmp_path / "tarn.json", "imploded"))


def test_every_case_is_whole_and_those_for_testing_are_kept_apart() -> None:
    held = {path.stem: read_case(path) for path in sorted(CASES.glob("*.json"))}
    assert len(held) >= 5
    for pages in held.values():
        incidents = [t.incident for page in pages for t in page.tellings]
        assert len(pages) >= 30
        assert 15 <= len(set(incidents)) < len(incidents)
    assert {p.stem for p in case_paths(test=True)} == set(TEST_CASES)
    assert not {p.stem for p in case_paths(test=False)} & set(TEST_CASES)


def test_labels_stand_where_the_tellings_stand_that_tell_them(tmp_path: Path) -> None:
    pages = read_small(tmp_path)
    read = read_pages(pages)
    assert read["tarn-01"].published == "2012-05-08"
    matched = match_labels(pages, read)
    assert matched.incident == {"tarn-01 0": "blast", "tarn-02 0": "blast", "tarn-02 1": "arrests"}
    assert set(matched.telling) == set(matched.incident)
    blast, arrest = (matched.telling[n] for n in ("tarn-02 0", "tarn-02 1"))
    told = {t.id: t for t in read["tarn-02"].reading.tellings}
    assert agreement(pages[1].tellings[0], told[blast]) > 0
    assert agreement(pages[1].tellings[0], told[arrest]) == 0


def test_a_case_is_scored_beside_both_baselines(tmp_path: Path) -> None:
    pages = read_small(tmp_path)
    figures = evaluate(pages, read_pages(pages))
    assert figures["labels"] == 3
    assert figures["incidents"] == 2
    assert figures["b3_f"] == 100.0
    assert set(figures["baselines"]) == {"tfidf", "components"}  # type: ignore[call-overload]
