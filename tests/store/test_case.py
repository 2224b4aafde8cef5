"""The case itself: opening, migrations, guards, full-text search."""

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from rashomon import records, store
from rashomon.errors import CaseError
from rashomon.records import Article, Judgement, Link, MatchWeight, Reading
from rashomon.spans import Span
from rashomon.store import dialect, migrations
from tests.factories import make_page


def make_article(page: str, words: str) -> Article:
    return Article(page, words, None, None, None, None, None, "en")


BROKEN = b"SQLite format 3\0" + b"x" * 500
NOT_CASES = [(None, "no_case"), (b"<html>no case</html>", "not_a_case"), (BROKEN, "broken_case")]


@pytest.mark.parametrize(("content", "reason"), NOT_CASES)
def test_what_is_no_case_is_refused_with_its_reason(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "case.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        store.open_case(path)
    assert caught.value.reason == reason
    assert str(path) in str(caught.value)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE birds (name)")
    connection.close()
    with pytest.raises(CaseError, match="something else"):
        store.open_case(path, create=True)


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="folder"):
        store.open_case(tmp_path, create=True)


def test_a_case_of_a_later_version_is_refused(tmp_path: Path) -> None:
    with store.open_case(tmp_path / "case.db", create=True) as case, case.write() as connection:
        connection.execute(text("INSERT INTO migrations (number, name, applied_at) VALUES (999, 'later', 'now')"))
    with pytest.raises(CaseError, match="version 999"):
        store.open_case(tmp_path / "case.db")


def test_a_migration_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    engine = dialect.connect_sqlite(path)
    next_number = migrations.migrate(engine) + 1

    def half(connection: object) -> None:
        connection.execute(text("CREATE TABLE half (x INTEGER)"))  # type: ignore[attr-defined]
        raise RuntimeError

    steps = (*migrations.MIGRATIONS, migrations.Migration(next_number, "half", half))
    with pytest.raises(RuntimeError):
        migrations.migrate(engine, steps)
    assert migrations.read_version(engine) == next_number - 1
    with engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'half'")).all() == []
    added = (
        *migrations.MIGRATIONS,
        migrations.Migration(next_number, "x", lambda c: c.execute(text("CREATE TABLE x (y)"))),
    )
    assert migrations.migrate(engine, added) == next_number
    assert migrations.read_version(engine) == next_number
    engine.dispose()


def test_sqlite_is_set_up_as_promised(tmp_path: Path) -> None:
    with store.open_case(tmp_path / "case.db", create=True) as case, case.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        with pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO page_bytes VALUES (99, 'none', 1, x'00')"))


def test_judgements_can_only_be_appended(tmp_path: Path) -> None:
    judgement = Judgement(0, "not_same", "t1", "t2", None, "v", "Ines", "2024-05-01T10:00:00Z", "other town")
    with store.open_case(tmp_path / "case.db", create=True) as case:
        with case.write() as connection:
            kept = store.append_judgement(connection, judgement)
            store.append_judgement(connection, dataclasses.replace(judgement, about="t3", other=None))
        assert kept == dataclasses.replace(judgement, id=1)
        for change in ("UPDATE judgements SET who = 'x'", "DELETE FROM judgements"):
            with pytest.raises(IntegrityError, match="append-only"), case.write() as connection:
                connection.execute(text(change))
        with case.write() as connection:
            assert store.redact_judgements(connection, "t2") == 1
        with case.read() as connection:
            first, second = store.iter_judgements(connection)
            assert (first.value, first.why, first.who) == ("[redacted]", "[redacted]", "Ines")
            assert second.why == "other town"
            assert list(store.iter_judgements(connection, "t3")) == [second]
        with pytest.raises(IntegrityError, match="append-only"), case.write() as connection:
            connection.execute(text("UPDATE judgements SET who = 'x'"))


def test_articles_are_found_by_their_words_and_no_longer_when_they_change(tmp_path: Path) -> None:
    def found(case: store.Case, query: str) -> list[int]:
        with case.read() as connection:
            return list(connection.execute(text(dialect.search_sql()), {"query": query, "most": 10}).scalars())

    with store.open_case(tmp_path / "case.db", create=True) as case:
        with case.write() as connection:
            for number, words in enumerate(("The café burned.", "A market burned twice."), start=1):
                page = make_page(words, f"{number}.txt")
                store.save_page(connection, page)
                store.save_article(connection, number, make_article(page.id, words), "c1")
        assert found(case, "cafe") == [1]
        assert sorted(found(case, "burned")) == [1, 2]
        with case.write() as connection:
            store.save_article(connection, 1, make_article("p", "All is well."), "c2")
        assert found(case, "cafe") == []
        assert found(case, "burned") == [2]


def test_a_span_that_is_not_in_the_text_is_refused(tmp_path: Path) -> None:
    page = make_page("Two men.")
    wrong = Reading(page.id, mentions=(records.Mention(Span(4, 7, "boy"), "person", 0.5),))
    article = make_article(page.id, "Two men.")

    def save(case: store.Case) -> None:
        with case.write() as connection:
            store.save_page(connection, page)
            store.save_article(connection, 1, article, "c1")
            store.save_reading(connection, 1, article, wrong, read_by="r", resolved_by="v")

    with store.open_case(tmp_path / "case.db", create=True) as case:
        with pytest.raises(CaseError, match="boy"):
            save(case)
        with case.read() as connection:
            assert store.find_page(connection, page.id) is None


def test_what_no_database_holds_is_replaced_one_for_one(tmp_path: Path) -> None:
    words = "a\0b\ud800c\U0001f600d"
    with store.open_case(tmp_path / "case.db", create=True) as case:
        with case.write() as connection:
            store.save_page(connection, make_page())
            store.save_article(connection, 1, make_article("p", words), "c1")
        with case.read() as connection:
            article = store.load_articles(connection, store.PageRange(1, 1))[1]
    assert article.text == "a\ufffdb\ufffdc\U0001f600d"


STORED = {
    "Page": 8, "PageHints": 4, "Rejected": 5, "Section": 5, "Teaser": 5, "Passage": 5, "Published": 4, "Article": 11,
    "Mention": 3, "ActorFiller": 7, "TargetFiller": 7, "InstrumentFiller": 5, "PlaceCandidate": 8, "PlaceFiller": 13,
    "TimeFiller": 6, "CountFiller": 6, "Telling": 19, "Statement": 10, "LoadedWord": 3, "Alias": 4, "Reading": 7,
    "Actor": 6, "PagePassage": 2, "Edit": 3, "Echo": 4, "Origin": 4, "MatchWeight": 3, "Link": 4, "ToldValue": 3,
    "ToldNumber": 3, "CountRange": 3, "WeighedField": 4, "Incident": 6, "Relation": 6, "Judgement": 9,
}  # fmt: skip
"""How many fields of each record the case keeps: whoever adds one adds its column, its strategy and counts it here."""


def test_every_field_of_every_record_has_its_place() -> None:
    found = {
        name: len(dataclasses.fields(kind))
        for name, kind in vars(records).items()
        if dataclasses.is_dataclass(kind) and isinstance(kind, type) and name != "Span"
    }
    assert found == STORED


def test_a_case_with_a_row_for_every_weight_keeps_them_packed(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    near, far = MatchWeight("time", "same day", 4.9), MatchWeight("place", "far apart", -3.25)
    told = [Link("a", "b", 0.9, (near, far)), Link("a", "c", 0.5, (near, near)), Link("b", "c", 0.1, ())]
    with store.open_case(path, create=True) as case, case.write() as connection:
        connection.execute(text("DROP TABLE match_weights"))
        connection.execute(text("ALTER TABLE links DROP COLUMN weights"))
        connection.execute(text("DELETE FROM migrations WHERE number >= 8"))
        connection.execute(text("CREATE TABLE link_weights (link INTEGER REFERENCES links, ordinal INTEGER, "
                                "comparison TEXT, level TEXT, weight FLOAT, PRIMARY KEY (link, ordinal))"))  # fmt: skip
        for n, link in enumerate(told, start=1):
            row = {"n": n, "a": link.a, "b": link.b, "p": link.probability}
            connection.execute(text("INSERT INTO links (number, a, b, probability) VALUES (:n, :a, :b, :p)"), row)
            for i, w in enumerate(link.weights):
                row = {"n": n, "i": i, "c": w.comparison, "l": w.level, "w": w.weight}
                connection.execute(text("INSERT INTO link_weights VALUES (:n, :i, :c, :l, :w)"), row)
    with store.open_case(path) as case, case.read() as connection:
        assert list(store.iter_links(connection)) == told
        assert "link_weights" not in inspect(connection).get_table_names()
