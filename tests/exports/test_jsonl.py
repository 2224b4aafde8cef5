"""jsonl: a case that travels. The same bytes come out of what was made of them."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rashomon import records as r
from rashomon import store
from rashomon.errors import CaseError
from rashomon.imports.jsonl import Imported, import_jsonl
from rashomon.present.exports.jsonl import write_jsonl
from rashomon.store import overview_tables
from tests.exports.cases import judge, make_case
from tests.store import strategies
from tests.store.test_round_trip import fresh, new_case


def export(case: store.Case) -> bytes:
    out = io.BytesIO()
    with case.read() as connection:
        write_jsonl(connection, out)
    return out.getvalue()


def import_new(lines: bytes, path: Path) -> bytes:
    """What comes out of a new case into which these lines went."""
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    with store.open_case(path, create=True) as case:
        import_jsonl(case, io.BytesIO(lines), "lines")
        return export(case)


def test_a_read_and_judged_case_comes_back_byte_for_byte(tmp_path: Path) -> None:
    with store.open_case(make_case(tmp_path)) as case:
        lines = export(case)
    kinds = [json.loads(line)["kind"] for line in lines.splitlines()]
    assert kinds[0] == "case"
    assert set(kinds) >= {"page", "article", "reading", "telling", "statement", "incident", "judgement",
                          "origin", "run", "product"}  # fmt: skip
    assert kinds.count("judgement") == 3
    assert import_new(lines, tmp_path / "other.db") == lines


@pytest.mark.slow
def test_the_demo_comes_back_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    with store.open_case(demo) as case:
        lines = export(case)
    assert {json.loads(line)["kind"] for line in lines.splitlines()} >= {"actor", "echo", "link"}
    assert import_new(lines, tmp_path / "other.db") == lines


def test_pages_come_back_however_few_are_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.open_case(make_case(tmp_path)) as case:
        lines = export(case)
    for name, most in (("HELD_PAGES", 3), ("HELD_CHARS", 1)):
        monkeypatch.setattr(f"rashomon.store.whole_pages.{name}", most)
        assert import_new(lines, tmp_path / "other.db") == lines


def test_what_is_derived_is_there_as_well(tmp_path: Path) -> None:
    path = make_case(tmp_path)
    with store.open_case(path) as case, store.open_case(tmp_path / "other.db", create=True) as other:
        import_jsonl(other, io.BytesIO(export(case)), "lines")
        for table in (overview_tables.incident_lines, overview_tables.incident_facets):
            query = table.select().order_by(*table.primary_key.columns)
            with case.read() as one, other.read() as two:
                rows = one.execute(query).all()
                assert rows
                assert two.execute(query).all() == rows
        with case.read() as one, other.read() as two:
            assert store.fingerprint_input(one) == store.fingerprint_input(two)


def test_every_telling_names_its_page_its_hash_and_its_span(tmp_path: Path) -> None:
    with store.open_case(make_case(tmp_path)) as case:
        found = [json.loads(line) for line in export(case).splitlines()]
    pages = {x["id"]: x for x in found if x["kind"] == "page"}
    texts = {x["article"]["page"]: x["article"]["text"] for x in found if x["kind"] == "article"}
    tellings = [x for x in found if x["kind"] == "telling"]
    assert len(tellings) == 4
    for x in tellings:
        telling, span = x["telling"], x["telling"]["span"]
        assert x["incident"]
        assert x["sha256"] == pages[telling["page"]]["sha256"]
        assert texts[telling["page"]][span["start_char"] : span["end_char"]] == span["text"]


@fresh
@given(
    data=st.data(), first=strategies.whole_pages("p1"), second=strategies.whole_pages("p2"), actors=strategies.actors,
    links=strategies.links, incidents=strategies.incidents, relations=strategies.relations,
)  # fmt: skip
def test_any_case_comes_back_byte_for_byte(
    tmp_path: Path, data: st.DataObject, first: tuple, second: tuple, actors: list, links: list, incidents: list,
    relations: list,
) -> None:  # fmt: skip
    passage = strategies.spans_of(first[1].text).map(lambda s: r.PagePassage("p1", s))
    words, maybe = strategies.words, strategies.maybe_words
    edit = st.builds(r.Edit, kind=words, a=words, b=words)
    echo = st.builds(r.Echo, a=passage, b=passage, similarity=strategies.scores,
                     differences=st.lists(edit, max_size=2).map(tuple))  # fmt: skip
    judgement = st.builds(r.Judgement, id=st.just(0), verdict=words, about=words, other=maybe, field=maybe,
                          value=maybe, who=words, when=words, why=words)  # fmt: skip
    assume(first[0].sha256 != second[0].sha256)
    with new_case(tmp_path) as case:
        with case.write() as connection:
            run = store.start_run(connection, "add", {})
            for page, article, reading in (first, second):
                entry = store.save_page(connection, page)
                assert entry is not None
                store.save_article(connection, entry.number, article, "c1")
                store.save_reading(connection, entry.number, article, reading, read_by="r1", resolved_by="v1")
            store.save_rejected(connection, r.Rejected(data.draw(words), "read", "empty", data.draw(words), "p2"))
            store.replace_actors(connection, actors)
            store.replace_links(connection, links)
            store.replace_incidents(connection, incidents)
            store.replace_relations(connection, relations)
            store.replace_echoes(connection, data.draw(st.lists(echo, max_size=2)))
            store.replace_origins(connection, [r.Origin("o1", ("p1", "p9"), "p1", None)])
            for made in data.draw(st.lists(judgement, max_size=3)):
                store.append_judgement(connection, made)
            store.end_run(connection, run, {"read": 2})
        lines = export(case)
    assert import_new(lines, tmp_path / "other.db") == lines


def test_a_case_is_merged_into_another(tmp_path: Path) -> None:
    with store.open_case(make_case(tmp_path)) as case:
        lines = export(case)
        judge(case, "wrong", "t9", None, "only there")
        more = export(case)
    with store.open_case(tmp_path / "other.db", create=True) as other:
        with other.write() as connection:
            store.append_judgement(connection, r.Judgement(0, "right", "x", None, None, None, "Bo", "2024", ""))
        first = import_jsonl(other, io.BytesIO(lines), "lines")
        assert (first.pages, first.known, first.tellings, first.judgements, first.whole) == (4, 0, 4, 3, False)
        assert import_jsonl(other, io.BytesIO(lines), "lines") == Imported(known=4)
        assert import_jsonl(other, io.BytesIO(more), "lines") == Imported(known=4, judgements=1)
        with other.read() as connection:
            made = list(store.iter_judgements(connection))
        # the undoing still undoes the same judgement, which has another number here
        assert [(j.verdict, j.value) for j in made] == [
            ("right", None), ("same", None), ("wrong", None), ("undone", "3"), ("wrong", None),
        ]  # fmt: skip
        assert [j.verdict for j in store.standing_judgements(made)] == ["right", "same", "wrong"]


def page_line(lines: bytes) -> bytes:
    return next(line for line in lines.splitlines(keepends=True) if line.startswith(b'{"kind":"page"'))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda lines: b"", "not_our_jsonl"),
        (lambda lines: b'{"a":1}\n', "wrong_line"),
        (lambda lines: lines.split(b"\n", 1)[1], "not_our_jsonl"),
        (lambda lines: lines.replace(b'"version":1}', b'"version":2}', 1), "newer_jsonl"),
        (lambda lines: lines[:-30], "wrong_line"),
        (lambda lines: lines.replace(page_line(lines), page_line(lines) * 2), "wrong_line"),
        (lambda lines: lines.replace(b'"text":"Bo"', b'"text":"Bu"', 1), "span_not_in_text"),
        (lambda lines: lines.replace(b'"status":"read"', b'"status":"red"', 1), "wrong_line"),
        (lambda lines: lines.replace(b'"why":""', b'"why":"\\ud800"', 1), "wrong_line"),
    ],
)
def test_a_wrong_file_leaves_the_case_as_it_was(tmp_path: Path, change, reason: str) -> None:  # type: ignore[no-untyped-def]
    with store.open_case(make_case(tmp_path)) as case:
        lines = export(case)
    with store.open_case(tmp_path / "other.db", create=True) as other:
        empty = export(other)
        with pytest.raises(CaseError) as caught:
            import_jsonl(other, io.BytesIO(change(lines)), "lines")
        assert caught.value.reason == reason
        assert export(other) == empty
