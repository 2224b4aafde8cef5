"""What makes lists of a large case quick says the same as going through the whole case."""

import threading
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import Connection, inspect, select, text, update

from rashomon import store
from rashomon.store import schema
from rashomon.store.overview_tables import actor_tellings, incident_lines, spots
from rashomon.web.contexts import actors, filters, front, incidents
from rashomon.web.contexts.params import IncidentsParams, Nothing, PagedParams, read_params
from rashomon.web.memory import Memory

URLS = (
    "", "type=killing", "type=bombing&type=killing", "place=Tarn", "place=Tarn&place=Orr", "outlet=The+Lantern",
    "outlet=Far+Shore&place=Tarn", "origins=2", "contested=true", "judged=yes", "judged=no", "q=mayor", "since=2021",
    "until=2020-05-01", "since=2020&until=2020-05-02", "box=19,9,20.5,10.5", "place=Tarn&since=2020", "actor=nobody",
)  # fmt: skip
OLD_INDEXES = (
    "CREATE INDEX fillers_by_actor ON fillers (actor)", "CREATE INDEX articles_by_outlet ON articles (outlet)",
    "CREATE INDEX incident_lines_by_judged ON incident_lines (judged, incident)",
)  # fmt: skip


def read(url: str) -> IncidentsParams:
    return read_params(IncidentsParams, parse_qsl(url))


@pytest.mark.parametrize("url", URLS)
def test_lines_gone_through_one_by_one_are_those_that_are_gathered(case_path: Path, url: str) -> None:
    params = read(url)
    with store.open_case(case_path) as case, case.read() as connection:
        query = select(incident_lines.c.incident).order_by(*filters.order(params))
        gathered = list(connection.execute(query.where(*filters.conditions(params))).scalars())
        walked = list(connection.execute(query.where(*filters.conditions(params, walked=True))).scalars())
        assert walked == gathered
        assert filters.count_lines(connection, params) == len(gathered)
        assert filters.list_numbers(connection, params, 30, len(gathered)) == gathered
        # as if the case held so many that going through them is the shorter way
        assert filters.list_numbers(connection, params, 30, 10**6 if gathered else 0) == gathered


@pytest.mark.parametrize("url", URLS)
def test_a_front_narrowed_from_the_whole_is_the_front_with_filters(case_path: Path, url: str) -> None:
    with store.open_case(case_path) as case, case.read() as connection:
        whole = front.load_front(connection, IncidentsParams())
        assert front.narrow_front(connection, read(url), whole) == front.load_front(connection, read(url))


def test_spots_count_what_the_lines_say(case_path: Path) -> None:
    with store.open_case(case_path) as case, case.read() as connection:
        line, spot = incident_lines.c, spots.c
        for row in connection.execute(select(spots)).all():
            held = connection.execute(select(line.contested, line.place, line.lat).where(line.spot == row.number)).all()
            assert (len(held), sum(x.contested > 0 for x in held)) == (row.incidents, row.contested)
            assert {(x.place, x.lat) for x in held} == {(row.place, row.lat)}
        assert connection.execute(select(line.spot).where(line.lat.is_not(None), line.spot.is_(None))).all() == []
        assert connection.execute(select(spot.number)).first() is not None


def test_a_facet_counts_no_more_incidents_than_it_says(case_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.open_case(case_path) as case, case.read() as connection:
        params = read("place=Tarn&since=2020")
        whole = {f.name: f for f in incidents.load_incidents_screen(connection, params).facets}
        assert not any(f.at_least for f in whole.values())
        assert {v.value: v.chosen for v in whole["place"].values} == {"Tarn": True, "Orr": False}
        monkeypatch.setattr(incidents, "COUNTED", 1)
        part = {f.name: f for f in incidents.load_incidents_screen(connection, params).facets}
        assert all(f.at_least for f in part.values())
        assert sum(v.incidents for v in part["place"].values) == 1


@pytest.fixture
def named_case(case_path: Path) -> Path:
    """The case with an actor behind every perpetrator and target."""
    with store.open_case(case_path) as case, case.write() as connection:
        for role in ("perpetrator", "target"):
            held = {"role": role}
            connection.execute(text("UPDATE fillers SET actor = lower(text) WHERE role = :role"), held)
        connection.execute(
            text("""
            INSERT INTO actors(id, name, kind, mentions, suggested)
            SELECT actor, max(text), 'person', count(*), '[]' FROM fillers
            WHERE actor IS NOT NULL AND actor NOT IN (SELECT id FROM actors) GROUP BY actor""")
        )
        store.replace_overview(connection)
    return case_path


def list_by_fillers(connection: Connection, actor: str) -> list[str]:
    f, t = schema.fillers.c, schema.tellings.c
    query = select(t.id).where(t.number.in_(select(f.telling).where(f.actor == actor)))
    return list(connection.execute(query.order_by(t.time_start.desc().nulls_last(), t.number)).scalars())


def test_the_tellings_of_an_actor_come_latest_first(named_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actors, "PAGE_TELLINGS", 1)
    with store.open_case(named_case) as case, case.read() as connection:
        named = set(connection.execute(select(schema.fillers.c.actor)).scalars()) - {None}
        shown = {}
        for actor in sorted(named & set(connection.execute(select(schema.actors.c.id)).scalars())):
            screen = actors.load_actor_screen(connection, actor, PagedParams())
            pages = [actors.load_actor_screen(connection, actor, PagedParams(n + 1)) for n in range(screen.pages)]
            shown[actor] = [told.telling.id for page in pages for told in page.tellings]
            assert shown[actor] == list_by_fillers(connection, actor)
            assert screen.total == len(shown[actor])
        assert max(map(len, shown.values())) > 1
        assert actors.load_network(connection, Nothing()).edges


def test_a_telling_that_names_the_actor_no_more_is_not_shown_as_theirs(named_case: Path) -> None:
    with store.open_case(named_case) as case, case.write() as connection:
        actor = str(connection.execute(select(actor_tellings.c.actor)).scalars().first())
        first, *rest = list_by_fillers(connection, actor)
        number = select(schema.tellings.c.number).where(schema.tellings.c.id == first).scalar_subquery()
        connection.execute(update(schema.fillers).where(schema.fillers.c.telling == number).values(actor=None))
        shown = actors.load_actor_screen(connection, actor, PagedParams()).tellings
        assert [told.telling.id for told in shown] == rest


def describe_overview(path: Path) -> dict[str, object]:
    with store.open_case(path) as case, case.read() as connection:
        found: dict[str, object] = {
            table.name: connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in (actor_tellings, spots)
        }
        found["lines"] = connection.execute(select(incident_lines.c.incident, incident_lines.c.spot)).all()
        for table in (schema.fillers, schema.articles, schema.judgements, incident_lines):
            held = inspect(connection).get_indexes(table.name)
            found[f"indexes of {table.name}"] = {i["name"]: i["column_names"] for i in held}
        return found


def test_a_case_of_the_version_before_becomes_what_a_new_one_is(named_case: Path) -> None:
    expected = describe_overview(named_case)
    assert expected["actor_tellings"]
    assert expected["spots"]
    with store.open_case(named_case) as case, case.write() as connection:
        for name in ("fillers_by_actor", "articles_by_outlet", "judgements_by_other", "incident_lines_by_judged",
                     "incident_lines_by_when"):  # fmt: skip
            connection.execute(text(f"DROP INDEX {name}"))
        for statement in ("DROP TABLE actor_tellings", "DROP TABLE spots",
                          "ALTER TABLE incident_lines DROP COLUMN spot", *OLD_INDEXES,
                          "DELETE FROM migrations WHERE number >= 7"):  # fmt: skip
            connection.execute(text(statement))
    assert describe_overview(named_case) == expected


def test_who_asks_for_what_another_loads_waits_for_it(case_path: Path) -> None:
    memory, begun, finish = Memory(), threading.Event(), threading.Event()
    loads: list[int] = []
    found: list[object] = []

    def load() -> PagedParams:
        loads.append(1)
        begun.set()
        assert finish.wait(20)
        return PagedParams(7)

    def ask() -> None:
        with store.open_case(case_path) as case, case.read() as connection:
            found.append(memory.recall(connection, ("screen", None), load))

    first = threading.Thread(target=ask)
    first.start()
    assert begun.wait(20)
    others = [threading.Thread(target=ask) for _ in range(3)]
    for thread in others:
        thread.start()
    finish.set()
    for thread in (first, *others):
        thread.join(20)
    assert found == [PagedParams(7)] * 4
    assert len(loads) == 1


def test_what_fails_to_load_is_loaded_by_the_next(case_path: Path) -> None:
    memory = Memory()

    def fail() -> PagedParams:
        raise RuntimeError

    with store.open_case(case_path) as case, case.read() as connection:
        with pytest.raises(RuntimeError):
            memory.recall(connection, ("screen", None), fail)
        assert memory.recall(connection, ("screen", None), PagedParams) == PagedParams()
