"""Tables that make lists of a large case quick: what each incident's line shows, what it can be filtered by.

In: nothing. Out: tables of the case's metadata. Never: anything that does not follow from the other tables, except
`views`, which counts what was read on the screen.
"""

from sqlalchemy import Column, Index, Table

from rashomon.store.columns import Number, Text, integer, number, ordinal, real, text
from rashomon.store.schema import metadata

incident_lines = Table(
    "incident_lines", metadata, Column("incident", Number, primary_key=True, autoincrement=False), text("id"),
    text("kind"), text("start", null=True), text("end", null=True), text("precision", null=True),
    text("place", null=True), real("lat", null=True), real("lon", null=True), text("place_precision", null=True),
    real("radius_km", null=True), integer("tellings"), integer("origins"), integer("outlets"), integer("contested"),
    integer("judged"), integer("spot", null=True),
    Index("incident_lines_by_start", "start", "incident"), Index("incident_lines_by_tellings", "tellings", "incident"),
    Index("incident_lines_by_origins", "origins", "incident"), Index("incident_lines_by_spot", "lat", "lon"),
    Index("incident_lines_by_contested", "contested", "origins", "incident"),
    Index("incident_lines_by_judged", "judged", "contested", "origins", "incident"),
    Index("incident_lines_by_id", "id"),
    Index("incident_lines_by_place", "place", "start"),
    # all that the map and the timeline of a time count: one pass over the index, none over the rows
    Index("incident_lines_by_when", "start", "spot", "contested", "origins"),
)  # fmt: skip
"""One line an incident. When and where are those told most precisely; every other value told is with the incident."""

spots = Table(
    "spots", metadata, number(), real("lat"), real("lon"), text("place", null=True),
    text("place_precision", null=True), real("radius_km", null=True), integer("incidents"), integer("contested"),
    Index("spots_by_degrees", "lat", "lon"),
)  # fmt: skip
"""Where incidents are told to be, with how many (and how many of them contested) the map shows there."""

incident_facets = Table(
    "incident_facets", metadata, Column("facet", Text, primary_key=True), Column("value", Text, primary_key=True),
    Column("incident", Number, primary_key=True), Index("incident_facets_by_incident", "incident", "facet"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""`facet`: type, place, actor, outlet, year, month; an actor's value is the actor's id."""

facet_counts = Table(
    "facet_counts", metadata, Column("facet", Text, primary_key=True), Column("value", Text, primary_key=True),
    integer("incidents"), Index("facet_counts_by_number", "facet", "incidents"),
)  # fmt: skip
incident_pages = Table(
    "incident_pages", metadata, Column("page", Number, primary_key=True, autoincrement=False),
    Column("incident", Number, primary_key=True, autoincrement=False), sqlite_with_rowid=False,
)  # fmt: skip
actor_edges = Table(
    "actor_edges", metadata, Column("a", Text, primary_key=True), Column("b", Text, primary_key=True),
    integer("tellings"), Index("actor_edges_by_number", "tellings"), Index("actor_edges_by_b", "b"),
)  # fmt: skip
"""Actor `a` is told to have done something to actor `b`, in so many tellings."""

actor_tellings = Table(
    "actor_tellings", metadata, Column("actor", Text, primary_key=True), ordinal(), integer("telling"),
    sqlite_with_rowid=False,
)  # fmt: skip
"""The tellings that give an actor (its id) a role, numbered from 1: the latest first, those without a time last."""

review_pairs = Table(
    "review_pairs", metadata, ordinal(), text("a"), text("b"), real("probability"), real("gain"),
)  # fmt: skip
"""Pairs of tellings whose judgement would settle most, best first; no pair that a standing judgement decides."""

views = Table(
    "views", metadata, Column("page", Text, primary_key=True), Column("hour", Text, primary_key=True),
    Column("viewer", Text, primary_key=True),
)  # fmt: skip
"""Who (a digest of the session) had an article on the screen in which hour (UTC)."""

OVERVIEW = (
    incident_lines,
    spots,
    incident_facets,
    facet_counts,
    incident_pages,
    actor_edges,
    actor_tellings,
    review_pairs,
)
"""What is made again as a whole."""
