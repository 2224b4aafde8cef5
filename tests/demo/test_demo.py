"""The demo's pages through the whole pipeline, measured against what a careful reader finds on them."""

import csv
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from rashomon import store
from rashomon.demo import demo_pages, gazetteer_path
from rashomon.pipeline.add import Run, add
from rashomon.present.register import make_register
from rashomon.settings import Settings
from rashomon.vocabulary import INCIDENT_TYPES, PLACE_KINDS, STANCES
from tests.demo import measure
from tests.demo.measure import Read, Share

# Floors and ceilings. Set low on 2026-11-23, before the reader's weights were final: raise them with the reader.
MIN_TELLINGS_FOUND = 0.30
MAX_TELLINGS_SPURIOUS = 0.70
MIN_INCIDENT_BCUBED = 0.50
MIN_CHAINS_WHOLE = 0.75
MAX_PAGES_IN_WRONG_ORIGIN = 0.10
MIN_CONTESTED_FOUND = 0.05
MAX_TELLINGS_ON_PAGES_WITHOUT = 16
MIN_LISTS_EXACT = 0.60
MIN_PUBLISHED = 0.50
MIN_OUTLETS = 0.45

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return measure.load_expected()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Case]:
    with store.open_case(tmp_path_factory.mktemp("demo") / "case.db", create=True) as case:
        summary = add(case, [str(p) for p in demo_pages()], Run(settings=Settings(gazetteer=gazetteer_path())))
        assert {r.reason for r in summary.rejected} <= {"unread_language"}
        yield case


@pytest.fixture(scope="module")
def read(case: store.Case) -> Read:
    return measure.read_case(case)


@pytest.fixture(scope="module")
def matched(expected: dict[str, Any], read: Read) -> list[measure.Matched]:
    return measure.match_tellings(expected, read)


def show(capsys: pytest.CaptureFixture[str], **shares: object) -> None:
    with capsys.disabled():
        print("\n" + "\n".join(f"  demo: {name.replace('_', ' ')}: {share}" for name, share in shares.items()))


# --- the corpus itself -----------------------------------------------------------------------------------------------


def test_the_committed_pages_are_what_the_sources_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "demo"))
    spec = importlib.util.spec_from_file_location("demo_build", ROOT / "demo" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.build(tmp_path / "pages", tmp_path / "expected.json")
    made = {p.name: p.read_bytes() for p in (tmp_path / "pages").iterdir()}
    assert made == {p.name: p.read_bytes() for p in demo_pages()}
    assert (tmp_path / "expected.json").read_bytes() == measure.EXPECTED.read_bytes()
    for name in ("blocks", "sources", "teasers"):
        sys.modules.pop(name, None)


def test_the_corpus_is_as_large_and_varied_as_promised(expected: dict[str, Any]) -> None:
    pages, incidents = expected["pages"], expected["incidents"]
    assert set(pages) == {p.stem for p in demo_pages()}
    assert len(pages) >= 60
    assert len({p["outlet"] for p in pages.values()}) >= 9
    assert sum(2 <= len(i["pages"]) <= 5 for i in incidents.values()) >= 22
    assert any(len(chain) >= 5 for chain in measure.list_chains(expected))
    told = [t for p in pages.values() for t in p["tellings"]]
    assert {t["stance"] for t in told} >= set(STANCES) - {"hypothetical"}
    assert {x for t in told for x in t["types"]} == set(INCIDENT_TYPES)


def test_the_gazetteer_holds_the_island_alone() -> None:
    with gazetteer_path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["name", "lat", "lon", "kind", "admin1", "country", "aliases"]
    assert {r["kind"] for r in rows} <= set(PLACE_KINDS)
    assert {r["country"] for r in rows} == {"Hethra"}
    assert all(-34 < float(r["lat"]) < -32.5 and 63 < float(r["lon"]) < 65.2 for r in rows)
    assert len({r["name"] for r in rows}) == len(rows)


def test_most_places_told_are_in_the_gazetteer(expected: dict[str, Any]) -> None:
    with gazetteer_path().open(encoding="utf-8", newline="") as file:
        names = {n.casefold() for r in csv.DictReader(file) for n in (r["name"], *r["aliases"].split(";")) if n}
    told = [p.casefold() for page in expected["pages"].values() for t in page["tellings"] for p in t["places"]]
    held = Share(sum(any(name in place for name in names) for place in told), len(told))
    assert held.value >= 0.9, str(held)


# --- what the pipeline makes of it -----------------------------------------------------------------------------------


def test_capture_cuts_the_pages(expected: dict[str, Any], read: Read, capsys: pytest.CaptureFixture[str]) -> None:
    pages = expected["pages"]
    assert set(read.pages) == set(pages)
    exact = {n: Counter(t.list for t in read.pages[n].teasers) == Counter(p["teaser_lists"]) for n, p in pages.items()}
    dated = [(read.pages[n].published or "")[:10] == (p["published"] or "") for n, p in pages.items()]
    named = [read.pages[n].outlet == p["outlet"] for n, p in pages.items()]
    lists, published, outlets = (Share(sum(x), len(pages)) for x in (exact.values(), dated, named))
    show(capsys, teaser_lists_exact=lists, published_right=published, outlet_right=outlets)
    assert lists.value >= MIN_LISTS_EXACT
    assert published.value >= MIN_PUBLISHED
    assert outlets.value >= MIN_OUTLETS


def test_the_page_in_another_language_is_kept_unread(read: Read) -> None:
    page = read.pages["75-autre-langue"]
    assert (page.language, page.status, page.tellings) == ("fr", "unread", ())
    assert "hameçons" in page.text


def test_pages_without_an_incident_tell_none(expected: dict[str, Any], read: Read) -> None:
    quiet = [n for n, p in expected["pages"].items() if not p["tellings"]]
    assert len(quiet) == 5
    told = {n: len(read.pages[n].tellings) for n in quiet}
    assert sum(told.values()) <= MAX_TELLINGS_ON_PAGES_WITHOUT, told


def test_expected_tellings_are_found(
    expected: dict[str, Any], read: Read, matched: list[measure.Matched], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = sum(len(p["tellings"]) for p in expected["pages"].values())
    found = Share(len(matched), wanted)
    spurious = Share(len(read.tellings) - len(matched), len(read.tellings))
    stances = Share(sum(m.expected["stance"] == m.found.stance for m in matched), len(matched))
    show(capsys, tellings_found=found, tellings_spurious=spurious, stance_right_where_found=stances)
    assert found.value >= MIN_TELLINGS_FOUND
    assert spurious.value <= MAX_TELLINGS_SPURIOUS


def test_incidents_gather_the_tellings(matched: list[measure.Matched], capsys: pytest.CaptureFixture[str]) -> None:
    score = measure.measure_bcubed([(m.expected["incident"], m.found.incident) for m in matched])
    show(capsys, incident_bcubed_f=f"{score:.2f} over {len(matched)} tellings")
    assert score >= MIN_INCIDENT_BCUBED


def test_copies_have_one_origin(expected: dict[str, Any], read: Read, capsys: pytest.CaptureFixture[str]) -> None:
    shares = measure.measure_chains(expected, read)
    show(capsys, **{k.replace(" ", "_"): v for k, v in shares.items()})
    assert shares["chains whole"].value >= MIN_CHAINS_WHOLE
    assert shares["pages in a wrong origin"].value <= MAX_PAGES_IN_WRONG_ORIGIN
    wire = {"01-market-wire", "02-market-othin", "03-market-mail", "04-market-ledger", "78-market-courant"}
    assert any(wire <= origin for origin in read.origins)


def test_contested_incidents_are_found(
    expected: dict[str, Any], read: Read, matched: list[measure.Matched], capsys: pytest.CaptureFixture[str]
) -> None:
    shares = measure.measure_contested(expected, read, matched)
    show(capsys, **{k.replace(" ", "_"): v for k, v in shares.items()})
    assert shares["contested incidents found"].value >= MIN_CONTESTED_FOUND


def test_the_printed_register_shows_a_contested_incident_and_a_chain_of_copies(case: store.Case) -> None:
    out = StringIO()
    with case.read() as connection:
        Console(file=out, width=160, highlight=False).print(make_register(connection))
    printed = out.getvalue()
    parts = ("The register: incidents as told", "One contested incident", "An echo chain with one origin")
    assert [p for p in parts if p in printed] == list(parts)
    chain = " ".join(printed[printed.index(parts[2]) :].split())
    assert "5 pages, one source" in chain
    assert "Meridian Wire" in chain
    assert "explosion / carnage" in chain or "carnage / explosion" in chain
