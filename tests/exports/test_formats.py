"""Every format, opened by a tool that is not ours, and compared with the case."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import csvw
import duckdb
import jsonschema
import networkx
import pytest

from rashomon import store
from rashomon.errors import SettingsError
from rashomon.present.exports.load import iter_told
from rashomon.present.exports.told import ToldIncident
from rashomon.present.exports.write import FORMATS, Written, write_export
from rashomon.present.filters import Filters, parse_where
from rashomon.present.names import FORMAT_NAMES
from tests.exports.cases import make_case
from tests.exports.hostile import HOSTILE, make_hostile_case
from tests.exports.outside import load_followthemoney

ALL = Filters()
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.fixture(scope="session", params=["made", "hostile", pytest.param("demo", marks=pytest.mark.slow)])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "demo":
        found: Path = request.getfixturevalue("demo")
        return found
    return {"made": make_case, "hostile": make_hostile_case}[request.param](tmp_path_factory.mktemp("case"))


def export(case: Path, name: str, to: Path, filters: Filters = ALL) -> Written:
    with store.open_case(case) as opened, opened.read() as connection:
        return write_export(connection, name, to, filters, "a title")


def told_of(case: Path, filters: Filters = ALL) -> list[ToldIncident]:
    with store.open_case(case) as opened, opened.read() as connection:
        return list(iter_told(connection, filters))


def query(sql: str, **values: str) -> list[tuple[Any, ...]]:
    return duckdb.connect().execute(sql, values).fetchall()


def read_csv(path: Path, sep: str = ",") -> list[dict[str, str]]:
    """As DuckDB reads it, every column as text."""
    found = duckdb.connect().execute(
        "SELECT * FROM read_csv($path, header=true, all_varchar=true, delim=$sep, quote='\"', escape='\"', "
        "strict_mode=true, max_line_size=10000000, null_padding=false)", {"path": str(path), "sep": sep},
    )  # fmt: skip
    names = [d[0] for d in found.description]
    return [dict(zip(names, (v or "" for v in row), strict=True)) for row in found.fetchall()]


def assert_safe(path: Path, sep: str = ",") -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=sep))
    assert len(rows) == len(path.read_text(encoding="utf-8").splitlines())  # one line a row
    for cell in (c for row in rows[1:] for c in row):
        assert not any(c in BIDI or (ord(c) < 32) or 0xD800 <= ord(c) < 0xE000 for c in cell)
        if cell.strip()[:1] in tuple("=+-@"):
            float(cell)  # only a number may begin so


def test_acled(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    written = export(case, "acled-csv", path)
    rows = read_csv(path)
    told = {t.incident.id: t for t in told_of(case)}
    assert written.rows == len(rows) > 0
    assert written.rows + sum(written.left_out.values()) == len(told)
    for row in rows:
        incident = told[row["event_id_cnty"]]
        assert f"origins={len(incident.incident.origins)}" in row["tags"]
        for one in incident.tellings:
            assert f"{one.telling.id} " in row["notes"]
            assert f"sha256:{one.teller.sha256} char={one.telling.span.start_char}," in row["notes"]
    assert_safe(path)


def test_ucdp(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "u.csv"
    written = export(case, "ucdp-csv", path)
    rows = read_csv(path)
    told = {t.incident.id: t for t in told_of(case)}
    assert written.rows == len(rows) > 0
    for row in rows:
        incident = told[row["source_article"].split(";")[0].removeprefix("incident ")]
        assert row["number_of_sources"] == str(len(incident.incident.origins))
        assert (row["id"], row["relid"], row["conflict_new_id"], row["gwnoa"]) == ("", "", "", "")
        assert all(f"{one.telling.id} " in row["source_article"] for one in incident.tellings)
    assert_safe(path)


def test_gdelt_mentions(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    export(case, "gdelt-mentions", path)
    rows = read_csv(path, "\t")
    told = [(t.incident.id, one) for t in told_of(case) for one in t.tellings]
    assert len(rows) == len(told)
    for row, (incident, one) in zip(rows, told, strict=True):
        assert row["GlobalEventID"] == incident
        assert row["ActionCharOffset"] == str(one.telling.span.start_char)
        assert row["SentenceID"] != "0"
        extras = dict(x.partition("=")[::2] for x in row["Extras"].split(";"))
        assert (extras["telling"], extras["sha256"]) == (one.telling.id, one.teller.sha256)
        assert extras["char"] == f"{one.telling.span.start_char},{one.telling.span.end_char}"
    assert_safe(path, "\t")


def test_plover(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    export(case, "plover-jsonl", path)
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    told = {one.telling.id: one for t in told_of(case) for one in t.tellings}
    assert {e["telling"] for e in events} == {i for i, one in told.items() if one.telling.types}
    for e in events:
        one = told[e["telling"]]
        assert (e["sha256"], e["start_char"], e["stance"]) == (
            one.teller.sha256, one.telling.span.start_char, one.telling.stance,
        )  # fmt: skip
        assert len(e["text"]) == e["end_char"] - e["start_char"]
        assert not any(c in BIDI or c == "\0" for c in e["text"] + e["publisher"])


POINT = {
    "type": "object", "required": ["type", "coordinates"], "properties": {
        "type": {"const": "Point"}, "coordinates": {"type": "array", "minItems": 2, "maxItems": 2, "prefixItems": [
            {"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}]},
    },
}  # fmt: skip
GEOJSON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["type", "features"],
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": {
        "type": "object", "required": ["type", "geometry", "properties"], "properties": {
            "type": {"const": "Feature"}, "geometry": {"anyOf": [{"type": "null"}, POINT]},
            "properties": {"type": "object"}, "id": {"type": ["string", "number"]}},
        "not": {"anyOf": [{"required": ["coordinates"]}, {"required": ["features"]}]}}}},
    "not": {"required": ["crs"]},
}  # fmt: skip
"""RFC 7946 for a collection of points."""


def test_geojson(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    export(case, "geojson", path)
    found = json.loads(path.read_text(encoding="utf-8"))
    told = {t.incident.id: t for t in told_of(case)}
    assert [f["id"] for f in found["features"]] == list(told)
    for f in found["features"]:
        incident = told[f["id"]]
        assert f["properties"]["origins"] == len(incident.incident.origins)
        spans = [(t["id"], t["sha256"], t["start_char"]) for t in f["properties"]["tellings"]]
        assert spans == [(t.telling.id, t.teller.sha256, t.telling.span.start_char) for t in incident.tellings]
        if f["geometry"] is None:
            assert all(p.lat is None for t in incident.tellings for p in t.telling.places)
    jsonschema.Draft202012Validator(GEOJSON).validate(found)


def test_csvw(case: Path, tmp_path: Path) -> None:
    export(case, "csvw", tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "incidents.csv", "tellings.csv", "sources.csv", "case.csv-metadata.json",
    }  # fmt: skip
    told = told_of(case)
    incidents, tellings, sources = (
        read_csv(tmp_path / "out" / f"{name}.csv") for name in ("incidents", "tellings", "sources")
    )
    assert [r["id"] for r in incidents] == [t.incident.id for t in told]
    assert [r["origins"] for r in incidents] == [str(len(t.incident.origins)) for t in told]
    assert [r["id"] for r in tellings] == [one.telling.id for t in told for one in t.tellings]
    assert {r["page"] for r in tellings} == {r["page"] for r in sources}
    assert len({r["page"] for r in sources}) == len(sources)
    metadata = json.loads((tmp_path / "out" / "case.csv-metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        with (tmp_path / "out" / table["url"]).open(encoding="utf-8") as file:
            assert next(csv.reader(file)) == [c["titles"] for c in table["tableSchema"]["columns"]]
        assert_safe(tmp_path / "out" / table["url"])


def test_csvw_validates(case: Path, tmp_path: Path) -> None:
    """`csvw` reads the W3C's metadata, checks every cell against it, keys and references included."""
    written = export(case, "csvw", tmp_path / "out")
    group = csvw.TableGroup.from_file(tmp_path / "out" / "case.csv-metadata.json")
    group.check_referential_integrity()
    assert sum(len(list(t.iterdicts(strict=True))) for t in group.tables) == written.rows > 0
    for table in group.tables:
        assert table.check_primary_key()


def test_csvw_would_not_validate_with_a_wrong_cell(tmp_path: Path) -> None:
    export(make_case(tmp_path), "csvw", tmp_path / "out")
    path = tmp_path / "out" / "tellings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",0,", ",soon,", 1), encoding="utf-8")
    group = csvw.TableGroup.from_file(tmp_path / "out" / "case.csv-metadata.json")
    with pytest.raises(ValueError, match="soon"):
        [list(t.iterdicts(strict=True)) for t in group.tables]


def test_parquet(case: Path, tmp_path: Path) -> None:
    export(case, "parquet", tmp_path / "out")
    told = told_of(case)
    found = query(
        "SELECT t.id, i.id, s.sha256, t.start_char, t.end_char, t.quote, len(t.types) FROM $tellings t "
        "JOIN $incidents i ON i.id = t.incident JOIN $sources s ON s.page = t.page ORDER BY t.id".replace(
            "$tellings", f"'{tmp_path}/out/tellings.parquet'").replace(
            "$incidents", f"'{tmp_path}/out/incidents.parquet'").replace(
            "$sources", f"'{tmp_path}/out/sources.parquet'")
    )  # fmt: skip
    expected = sorted(
        (one.telling.id, t.incident.id, one.teller.sha256, one.telling.span.start_char, one.telling.span.end_char)
        for t in told
        for one in t.tellings
    )
    assert [row[:5] for row in found] == expected
    assert all(len(row[5]) == row[4] - row[3] for row in found)


def test_ftm(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.jsonl"
    export(case, "ftm", path)
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = {e["id"] for e in found}
    for e in found:
        assert all(values and all(isinstance(v, str) and v for v in values) for values in e["properties"].values())
        for name in ("entity", "document", "involved", "addressEntity", "subject", "object", "candidate", "match"):
            assert set(e["properties"].get(name, ())) <= ids, (name, e)
    tellings = [one for t in told_of(case) for one in t.tellings]
    notes = {e["id"]: e for e in found if e["schema"] == "Note"}
    assert set(notes) == {one.telling.id for one in tellings}
    for one in tellings:
        assert any(one.teller.sha256 in n for n in notes[one.telling.id]["properties"]["notes"])


def test_ftm_is_valid(case: Path, tmp_path: Path) -> None:
    model = load_followthemoney()
    path = tmp_path / "f.jsonl"
    export(case, "ftm", path)
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        schema = model.get(data["schema"])
        assert schema is not None, data["schema"]
        schema.validate(data)
        unknown = set(data["properties"]) - set(schema.properties)
        assert not unknown, (data["schema"], unknown)
        kept = model.get_proxy(data, cleaned=False).to_dict()["properties"]
        assert {n: len(v) for n, v in kept.items()} == {n: len(v) for n, v in data["properties"].items()}, data


def test_gexf(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    written = export(case, "gexf", path)
    root = ET.parse(path).getroot()
    space = {"g": "http://www.gexf.net/1.2draft"}
    nodes = {n.attrib["id"] for n in root.iterfind(".//g:node", space)}
    edges = list(root.iterfind(".//g:edge", space))
    assert len(edges) == written.rows
    for edge in edges:
        assert {edge.attrib["source"], edge.attrib["target"]} <= nodes
        held = {v.attrib["for"]: v.attrib["value"] for v in edge.iterfind(".//g:attvalue", space)}
        assert held["1"] == edge.attrib["weight"]  # origins
        assert int(held["1"]) <= int(held["2"])  # tellings
        assert "sha256:" in held["3"]
        assert "char=" in held["3"]


def test_gexf_opens(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.gexf"
    written = export(case, "gexf", path)
    graph = networkx.read_gexf(path)
    assert graph.is_directed()
    assert graph.number_of_edges() == written.rows
    for _, _, held in graph.edges(data=True):
        assert held["weight"] == held["origins"] <= held["tellings"]
        assert "sha256:" in held["first_telling"]
    assert all({"label", "kind", "state"} <= set(held) for _, held in graph.nodes(data=True))


def test_dossier(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "d.html"
    export(case, "html", path)
    page = path.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    assert "javascript:" not in "".join(part.split(">")[0] for part in page.split("href=")[1:])
    assert not any(c in page for c in BIDI + "\0")
    for told in told_of(case):
        assert f'id="{told.incident.id}"' in page
        for one in told.tellings:
            assert one.teller.sha256 in page
            assert f"characters {one.telling.span.start_char}–{one.telling.span.end_char} of" in page


def test_filters_leave_the_same_incidents_in_every_format(case: Path, tmp_path: Path) -> None:
    filters = parse_where(["place=Tarn&type=killing"])
    expected = [t.incident.id for t in told_of(case, filters)]
    everything = told_of(case)
    assert expected == [
        t.incident.id for t in everything
        if "killing" in t.incident.types and any((p.name or "") == "Tarn" for x in t.tellings for p in x.telling.places)
    ]  # fmt: skip
    export(case, "geojson", tmp_path / "g.json", filters)
    found = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert [f["id"] for f in found["features"]] == expected
    export(case, "csvw", tmp_path / "out", filters)
    assert [r["id"] for r in read_csv(tmp_path / "out" / "incidents.csv")] == expected if expected else True


def test_a_failed_export_leaves_nothing_and_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(tmp_path)
    path = tmp_path / "a.json"
    path.write_text("old")

    def fail(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("rashomon.present.exports.geojson.describe_incident", fail)
    before = set(tmp_path.iterdir())
    with pytest.raises(RuntimeError):
        export(case, "geojson", path)
    assert path.read_text() == "old"
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("name", "to", "where", "reason"),
    [
        ("excel", "a", [], "no_format"), ("csvw", "-", [], "wrong_path"), ("csvw", "case.db", [], "wrong_path"),
        ("geojson", "pages", [], "wrong_path"), ("geojson", "no/a.json", [], "no_folder"),
        ("jsonl", "a", ["type=killing"], "whole_case"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, to: str, where: list[str], reason: str) -> None:
    case = make_case(tmp_path)
    with pytest.raises(SettingsError) as caught:
        export(case, name, Path(to) if to == "-" else tmp_path / to, parse_where(where))
    assert caught.value.reason == reason


def test_there_are_the_formats_that_were_asked_for() -> None:
    asked = ["acled-csv", "ucdp-csv", "gdelt-mentions", "plover-jsonl", "geojson", "csvw", "parquet", "ftm", "gexf",
             "html", "jsonl"]  # fmt: skip
    assert list(FORMATS) == list(FORMAT_NAMES) == asked


def iter_words(found: object) -> Iterator[str]:
    """Every string of decoded JSON, keys included."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            yield key
            yield from iter_words(value)
    elif isinstance(found, list):
        for value in found:
            yield from iter_words(value)


def make_worse(told: ToldIncident) -> ToldIncident:
    """The same with what a user's gazetteer, a list of aliases or a judge may have written."""
    worse = "=1\x00\u202e\ud800\r\n"
    return replace(told, tellings=tuple(
        replace(one, judged=(worse,), telling=replace(
            one.telling,
            places=tuple(replace(p, name=worse, country=worse, admin1=worse) for p in one.telling.places),
            perpetrators=tuple(replace(p, actor=worse.replace("\ud800", "")) for p in one.telling.perpetrators),
        ))
        for one in told.tellings
    ))  # fmt: skip


def test_what_users_and_judges_write_comes_out_safe_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_hostile_case(tmp_path)
    worse = [make_worse(told) for told in told_of(case)]
    for module in ("write", "tables", "ftm", "gexf", "dossier"):
        monkeypatch.setattr(f"rashomon.present.exports.{module}.iter_told", lambda *_: iter(worse))
    assert HOSTILE
    for name in FORMAT_NAMES.keys() - {"jsonl", "csvw", "parquet"}:
        export(case, name, tmp_path / name)
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert "\ufffd" in written, name
        assert not any(c in BIDI or (ord(c) < 32 and c not in "\n\t") for c in written), name
        if name in ("plover-jsonl", "ftm", "geojson"):
            whole = [json.loads(written)] if name == "geojson" else [json.loads(x) for x in written.splitlines()]
            for word in iter_words(whole):
                assert not any(c in BIDI or c == "\0" or 0xD800 <= ord(c) < 0xE000 for c in word), (name, word)
    for name, sep in (("acled-csv", ","), ("ucdp-csv", ","), ("gdelt-mentions", "\t")):
        assert_safe(tmp_path / name, sep)
    export(case, "csvw", tmp_path / "csvw")
    for table in ("incidents", "tellings", "sources"):
        assert_safe(tmp_path / "csvw" / f"{table}.csv")
    export(case, "parquet", tmp_path / "parquet")
    for table in ("incidents", "tellings", "sources"):
        for row in query(f"SELECT * FROM '{tmp_path}/parquet/{table}.parquet'"):
            assert not any(c in BIDI or c == "\0" for word in iter_words(list(row)) for c in word)
