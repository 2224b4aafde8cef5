"""The overview of a case: made again as a whole from the other tables, by the database itself.

In: a case whose incidents are made, and what people judged. Out: the tables of overview_tables.py.
Never: a row in Python's memory for every telling; a value that no telling tells.
"""

from collections.abc import Sequence
from itertools import islice

from sqlalchemy import Connection, delete, select, text, update

from rashomon.store.batches import iter_batches
from rashomon.store.judgements import load_standing
from rashomon.store.overview_tables import OVERVIEW, incident_lines, review_pairs
from rashomon.store.rows import insert as insert_rows
from rashomon.store.schema import incident_tellings
from rashomon.store.standing import Decided, decide_pairs
from rashomon.vocabulary import TIME_PRECISIONS

MOST_PAIRS = 2000
_BATCH = 500

_TOLD = "incident_tellings it JOIN tellings t ON t.id = it.telling"
_FINENESS = " ".join(f"WHEN '{name}' THEN {i}" for i, name in enumerate(TIME_PRECISIONS))
_NARROWNESS = " ".join(
    f"WHEN '{name}' THEN {i}" for i, name in enumerate(("site", "town", "area", "region", "country"))
)

_LINES = f"""
INSERT INTO incident_lines(incident, id, kind, start, "end", precision, place, lat, lon, place_precision, radius_km,
                           tellings, origins, outlets, contested, judged)
WITH times AS (
    SELECT it.incident, t.time_start AS start, coalesce(t.time_end, t.time_start) AS "end",
           t.time_precision AS precision,
           CASE t.time_precision {_FINENESS} ELSE 99 END AS fineness
    FROM {_TOLD} WHERE t.time_start IS NOT NULL),
finest AS (SELECT incident, min(fineness) AS fineness FROM times GROUP BY incident),
time AS (
    SELECT times.incident, min(times.start) AS start, max(times."end") AS "end", min(times.precision) AS precision
    FROM times JOIN finest ON finest.incident = times.incident AND finest.fineness = times.fineness
    GROUP BY times.incident),
spots AS (
    SELECT it.incident, coalesce(f.name, f.text) AS name, max(f.lat) AS lat, max(f.lon) AS lon,
           min(f.precision) AS precision, max(f.radius_km) AS radius_km,
           row_number() OVER (
               PARTITION BY it.incident
               ORDER BY CASE WHEN max(f.lat) IS NULL THEN 1 ELSE 0 END,
                        min(CASE f.precision {_NARROWNESS} ELSE 99 END), count(*) DESC, coalesce(f.name, f.text)
           ) AS standing
    FROM {_TOLD} JOIN fillers f ON f.telling = t.number AND f.role = 'place'
    GROUP BY it.incident, coalesce(f.name, f.text)),
tellers AS (
    SELECT it.incident, count(*) AS tellings, count(DISTINCT coalesce(a.outlet, p.source)) AS outlets
    FROM {_TOLD} JOIN pages p ON p.number = t.page LEFT JOIN articles a ON a.page = t.page GROUP BY it.incident)
SELECT i.number, i.id, coalesce(i.types ->> 0, ''), time.start, time."end", time.precision, spots.name, spots.lat,
       spots.lon, spots.precision, spots.radius_km, tellers.tellings, json_array_length(i.origins), tellers.outlets,
       i.contested, 0
FROM incidents i JOIN tellers ON tellers.incident = i.number LEFT JOIN time ON time.incident = i.number
LEFT JOIN spots ON spots.incident = i.number AND spots.standing = 1
"""  # noqa: S608  (constants of ours)

GATHER_SPOTS = (
    """INSERT INTO spots(number, lat, lon, place, place_precision, radius_km, incidents, contested)
       SELECT row_number() OVER (ORDER BY lat, lon, place, place_precision, radius_km), lat, lon, place,
              place_precision, radius_km, count(*), sum(CASE WHEN contested > 0 THEN 1 ELSE 0 END)
       FROM incident_lines WHERE lat IS NOT NULL GROUP BY lat, lon, place, place_precision, radius_km""",
    """UPDATE incident_lines SET spot = (
           SELECT s.number FROM spots s
           WHERE s.lat = incident_lines.lat AND s.lon = incident_lines.lon
             AND coalesce(s.place, '') = coalesce(incident_lines.place, '')
             AND coalesce(s.place_precision, '') = coalesce(incident_lines.place_precision, '')
             AND coalesce(s.radius_km, -1) = coalesce(incident_lines.radius_km, -1))
       WHERE lat IS NOT NULL""",
)

_FILLED = f"{_TOLD} JOIN fillers f ON f.telling = t.number"
_FACETS = {
    "type": f"x.type FROM {_TOLD} JOIN telling_types x ON x.telling = t.number",
    "place": f"coalesce(f.name, f.text) FROM {_FILLED} WHERE f.role = 'place'",
    "actor": f"f.actor FROM {_FILLED} WHERE f.actor IS NOT NULL",
    "outlet": f"coalesce(a.outlet, p.source) FROM {_TOLD} JOIN pages p ON p.number = t.page "
    "LEFT JOIN articles a ON a.page = t.page",
    "year": "substr(it.start, 1, 4) FROM incident_lines it WHERE it.start IS NOT NULL",
    "month": "substr(it.start, 1, 7) FROM incident_lines it WHERE length(it.start) >= 7",
}

TELLINGS_OF_ACTORS = """
INSERT INTO actor_tellings(actor, ordinal, telling)
SELECT f.actor, row_number() OVER (PARTITION BY f.actor ORDER BY t.time_start DESC NULLS LAST, t.number), t.number
FROM (SELECT DISTINCT actor, telling FROM fillers WHERE actor IS NOT NULL) f JOIN tellings t ON t.number = f.telling
"""

_REST = (
    "INSERT INTO facet_counts(facet, value, incidents) SELECT facet, value, count(*) FROM incident_facets "
    "GROUP BY facet, value",
    f"INSERT INTO incident_pages(page, incident) SELECT DISTINCT t.page, it.incident FROM {_TOLD}",  # noqa: S608
    """INSERT INTO actor_edges(a, b, tellings)
       SELECT doer.actor, done_to.actor, count(DISTINCT doer.telling) FROM fillers doer
       JOIN fillers done_to ON done_to.telling = doer.telling AND done_to.role = 'target'
       WHERE doer.role = 'perpetrator' AND doer.actor IS NOT NULL AND done_to.actor IS NOT NULL
         AND doer.actor <> done_to.actor
       GROUP BY doer.actor, done_to.actor""",
    TELLINGS_OF_ACTORS,
)


_DOUBTFUL = """
SELECT k.a, k.b, k.probability, (1 - abs(2 * k.probability - 1)) * (one.tellings + other.tellings) AS gain
FROM links k
JOIN incident_tellings x ON x.telling = k.a JOIN incident_lines one ON one.incident = x.incident
JOIN incident_tellings y ON y.telling = k.b JOIN incident_lines other ON other.incident = y.incident
WHERE k.probability BETWEEN 0.05 AND 0.995
ORDER BY gain DESC, k.a, k.b LIMIT :most
"""


def replace_overview(connection: Connection) -> None:
    """Make the overview again from what was made and what people judged."""
    for table in OVERVIEW:
        connection.execute(delete(table))
    connection.execute(text(_LINES))
    for facet, valued in _FACETS.items():
        insert = f"INSERT INTO incident_facets(facet, incident, value) SELECT DISTINCT :facet, it.incident, {valued}"
        connection.execute(text(insert), {"facet": facet})
    for statement in (*GATHER_SPOTS, *_REST):
        connection.execute(text(statement))
    standing = load_standing(connection)
    _choose_pairs(connection, decide_pairs(standing))
    mark_judged(connection, [i for j in standing for i in (j.about, j.other) if i])


def _choose_pairs(connection: Connection, decided: Decided) -> None:
    """The pairs to ask about: those that no standing judgement decides; once it is undone, a pair is asked again."""
    settled = decided.same | decided.not_same
    rows = connection.execute(text(_DOUBTFUL), {"most": MOST_PAIRS + len(settled)}).mappings()
    open_pairs = (row for row in rows if (min(row["a"], row["b"]), max(row["a"], row["b"])) not in settled)
    insert_rows(connection, review_pairs, [
        {"ordinal": n, **row} for n, row in enumerate(islice(open_pairs, MOST_PAIRS), start=1)
    ])  # fmt: skip


def mark_judged(connection: Connection, tellings: Sequence[str]) -> None:
    """Note which incidents hold tellings that were judged."""
    for batch in iter_batches(tellings, _BATCH):
        held = select(incident_tellings.c.incident).where(incident_tellings.c.telling.in_(batch))
        connection.execute(update(incident_lines).where(incident_lines.c.incident.in_(held)).values(judged=1))
