"""Wording shifts: counted per outlet pair, from the earlier outlet to the later where dates tell."""

from pathlib import Path

import pytest

from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.present.shifts import iter_shifts
from tests.present.cases import add_echoes, add_page, new_case

NEUTRAL = "Nine people were killed in the market of Tarn on Tuesday morning, police said."
LOADED = "Nine people were butchered in the market of Tarn on Tuesday morning."
AGAIN = "The gunmen killed a guard at the northern gate of the old harbour last night."
AGAIN_LOADED = "The gunmen butchered a guard at the northern gate of the old harbour last night."
Texts = dict[str, tuple[str, str | None, str | None]]


def shifts_of(folder: Path, pages: Texts, **options: object) -> list[s.ShiftShape]:
    with new_case(folder) as case:
        with case.write() as connection:
            for page, (text, outlet, published) in pages.items():
                add_page(connection, page, text, outlet=outlet, published=published)
            add_echoes(connection, {page: text for page, (text, _, _) in pages.items()})
        with case.read() as connection:
            return list(iter_shifts(connection, **options))  # type: ignore[arg-type]  # chosen by the test


def test_words_that_an_outlet_changes_when_it_copies_are_counted(tmp_path: Path) -> None:
    pages: Texts = {
        "p1": (NEUTRAL, "Courier", "2020-05-01"), "p2": (LOADED, "Banner", "2020-05-02"),
        "p3": (AGAIN, "Courier", "2020-06-01"), "p4": (AGAIN_LOADED, "Banner", "2020-06-02"),
    }  # fmt: skip
    first, second = shifts_of(tmp_path, pages)
    assert (first.a, first.b, first.direction, first.kind) == ("Courier", "Banner", "a_to_b", "replaced")
    assert (first.a_words, first.b_words, first.count) == ("killed", "butchered", 2)
    assert {(p.a.page, p.b.page) for p in first.passages} == {("p1", "p2"), ("p3", "p4")}
    assert all("killed" in p.a.text and "butchered" in p.b.text for p in first.passages)
    assert (second.kind, second.a_words, second.b_words) == ("attribution_dropped", "police said", "")


def test_the_later_page_is_the_one_that_changed_whatever_the_order_of_the_pages(tmp_path: Path) -> None:
    pages: Texts = {"p1": (LOADED, "Banner", "2020-05-02"), "p2": (NEUTRAL, "Courier", "2020-05-01")}
    found = {f.kind: f for f in shifts_of(tmp_path, pages)}
    assert (found["replaced"].a, found["replaced"].a_words) == ("Courier", "killed")
    assert found["attribution_dropped"].a_words == "police said"
    assert found["attribution_dropped"].passages[0].a.page == "p2"


@pytest.mark.parametrize("dates", [("2020-05-01", "2020-05-01"), (None, "2020-05-01")])
def test_who_copied_is_undetermined_where_dates_do_not_tell(tmp_path: Path, dates: tuple[str | None, str]) -> None:
    found = shifts_of(tmp_path, {"p1": (NEUTRAL, "Courier", dates[0]), "p2": (LOADED, "Banner", dates[1])})
    assert {(f.a, f.b, f.direction) for f in found} == {("Banner", "Courier", "undetermined")}
    assert {(f.kind, f.a_words, f.b_words) for f in found} == {
        ("replaced", "butchered", "killed"), ("inserted", "", "police said")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "earlier"), [(("2020-05-02", "2020-05-01"), "b"), (("2020-05-01", "2020-05-02"), "a"),
                           (("2020-05-01", "2020-05-01"), None), ((None, "2020-05-01"), None)],
)  # fmt: skip
def test_an_echo_says_which_side_is_earlier(
    tmp_path: Path, dates: tuple[str | None, str | None], earlier: str | None
) -> None:
    with new_case(tmp_path) as case:
        with case.write() as connection:
            for page, text, date in zip("pq", (NEUTRAL, LOADED), dates, strict=True):
                add_page(connection, page, text, published=date)
            add_echoes(connection, {"p": NEUTRAL, "q": LOADED})
        with case.read() as connection:
            assert [e.earlier for e in queries.iter_shown(connection, "echoes")] == [earlier]  # type: ignore[attr-defined]


def test_an_outlet_that_repeats_itself_shifts_nothing_and_one_can_be_asked_for(tmp_path: Path) -> None:
    pages: Texts = {
        "p1": (NEUTRAL, "Courier", "2020-05-01"), "p2": (LOADED, "Courier", "2020-05-02"),
        "p3": (AGAIN, "Post", "2020-06-01"), "p4": (AGAIN_LOADED, "Banner", "2020-06-02"),
    }  # fmt: skip
    assert [(f.a, f.b) for f in shifts_of(tmp_path, pages)] == [("Post", "Banner")]
    (tmp_path / "other").mkdir()
    assert shifts_of(tmp_path / "other", pages, outlet="Courier") == []
