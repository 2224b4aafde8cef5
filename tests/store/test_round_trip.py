"""Save, then load: the same records again."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon import records as r
from rashomon import store
from tests.store import strategies

fresh = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def new_case(tmp_path: Path) -> store.Case:
    path = tmp_path / "case.db"
    for left in tmp_path.glob("case.db*"):
        left.unlink()
    return store.open_case(path, create=True)


@fresh
@given(first=strategies.whole_pages("p1"), second=strategies.whole_pages("p2"))
def test_what_was_captured_and_read_comes_back(tmp_path: Path, first: tuple, second: tuple) -> None:
    with new_case(tmp_path) as case:
        for page, article, reading in (first, second):
            with case.write() as connection:
                entry = store.save_page(connection, page)
                assert entry is not None
                store.save_article(connection, entry.number, article, "c1")
                store.save_reading(connection, entry.number, article, reading, read_by="r1", resolved_by="v1")
        with case.read() as connection:
            assert [store.load_page(connection, n) for n in (1, 2)] == [first[0], second[0]]
            assert list(store.load_articles(connection, store.PageRange(1, 2)).values()) == [first[1], second[1]]
            found = list(store.iter_read_pages(connection, size=1))
            assert [(f.number, f.article, f.reading) for f in found] == [(1, *first[1:]), (2, *second[1:])]


@fresh
@given(actors=strategies.actors, links=strategies.links, incidents=strategies.incidents, relations=strategies.relations)
def test_what_was_linked_comes_back_and_replaces_what_was_there(
    tmp_path: Path,
    actors: list[r.Actor],
    links: list[r.Link],
    incidents: list[r.Incident],
    relations: list[r.Relation],
) -> None:
    with new_case(tmp_path) as case:
        for _ in range(2):
            with case.write() as connection:
                assert store.replace_actors(connection, actors) == len(actors)
                assert store.replace_links(connection, links) == len(links)
                assert store.replace_incidents(connection, incidents) == len(incidents)
                assert store.replace_relations(connection, relations) == len(relations)
        with case.read() as connection:
            assert list(store.iter_actors(connection)) == actors
            assert list(store.iter_links(connection, chunk=1)) == links
            assert list(store.iter_incidents(connection, chunk=1)) == incidents
            assert list(store.iter_relations(connection)) == relations


@fresh
@given(data=st.data(), page=strategies.whole_pages("p1"))
def test_echoes_and_origins_come_back_with_their_words(tmp_path: Path, data: st.DataObject, page: tuple) -> None:
    captured, article, _ = page
    passage = strategies.spans_of(article.text).map(lambda s: r.PagePassage("p1", s))
    edit = st.builds(r.Edit, kind=strategies.words, a=strategies.words, b=strategies.words)
    echo = st.builds(
        r.Echo, a=passage, b=passage, similarity=strategies.scores, differences=st.lists(edit, max_size=2).map(tuple)
    )
    echoes = data.draw(st.lists(echo, max_size=3))
    origins = [r.Origin("o1", ("p1", "p9"), "p1", None), r.Origin("o2", (), None, "Lantern Wire")]
    with new_case(tmp_path) as case:
        with case.write() as connection:
            store.save_page(connection, captured)
            store.save_article(connection, 1, article, "c1")
            assert store.replace_echoes(connection, iter(echoes)) == len(echoes)
            store.replace_origins(connection, origins)
        with case.read() as connection:
            assert list(store.iter_echoes(connection, chunk=1)) == echoes
            assert list(store.iter_origins(connection)) == origins
