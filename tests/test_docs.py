"""The documents name what there is: commands, settings, JSON keys, reasons, folders, dependencies, README blocks."""

import ast
import importlib
import importlib.util
import inspect
import re
import tomllib
from dataclasses import Field, fields, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
from msgspec import Struct

from rashomon import errors, vocabulary
from rashomon.cli import app
from rashomon.imports.kinds import KINDS
from rashomon.link.comparisons import load_weights
from rashomon.present import queries, shapes
from rashomon.present.exports import acled, ftm, gdelt, geojson, gexf, lines, plover, ucdp
from rashomon.present.names import FILTER_NAMES, FORMAT_NAMES
from rashomon.records import Link, MatchWeight
from rashomon.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

EXPORTS = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")

TOP_LEVEL = {
    "pages": shapes.PageShape, "tellings": shapes.TellingShape, "incidents": shapes.IncidentShape,
    "statements": shapes.StatementShape, "echoes": shapes.EchoShape, "actors": shapes.ActorShape,
    "rejected": shapes.RejectedShape, "origins": shapes.OriginShape, "shifts": shapes.ShiftShape,
    "untold": shapes.UntoldShape, "wording": shapes.WordingShape,
    "silences": shapes.SilenceShape, "relations": shapes.RelationShape,
}  # fmt: skip


def section(heading: str) -> str:
    """What stands under a heading of the reference, up to the next of its level or above; empty if there is none."""
    level = heading.index(" ")
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{level}}} |\Z)", REFERENCE, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def code_words(text: str) -> set[str]:
    """Every word that stands between back-quotes."""
    return {word.lstrip("-") for quoted in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"[\w-]+", quoted)}


def iter_options() -> list[tuple[str, str]]:
    """Every option of every command of the program."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # it is a group
    return [
        (name, option)
        for name, command in commands.items()
        for parameter in command.params
        if parameter.param_type_name == "option"
        for option in (*parameter.opts, *parameter.secondary_opts)
    ]


def iter_reasons() -> set[str]:
    """Every slug that the source gives to an error or a rejection."""
    kinds = {name for name, kind in vars(errors).items() if inspect.isclass(kind)}
    found = set()
    for path in (ROOT / "src" / "rashomon").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"_reject": 1, "Rejected": 2, "Outcome": 2, "_failed": 1}.get(node.func.id)
                place = 0 if node.func.id in kinds else place
                if place is not None and len(node.args) > place:
                    slugs = [n.value for n in ast.walk(node.args[place]) if isinstance(n, ast.Constant)]
                    found |= {slug for slug in slugs if isinstance(slug, str)}
    return found


def load_docs(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = load_docs("site_reference")


def test_every_command_is_in_the_readme_and_has_a_section() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # it is a group
    assert len(commands) >= 4
    for name in commands:
        assert f"rashomon {name}" in README, name
        assert section(f"### rashomon {name}"), name


@pytest.mark.parametrize(("command", "option"), iter_options())
def test_every_option_is_in_its_command_s_section(command: str, option: str) -> None:
    assert option.lstrip("-") in code_words(section(f"### rashomon {command}")) | code_words_of_usage(command)


def code_words_of_usage(command: str) -> set[str]:
    """Words of a section's indented usage lines."""
    lines = [line for line in section(f"### rashomon {command}").splitlines() if line.startswith("    ")]
    return {word.lstrip("-") for line in lines for word in re.findall(r"--?[\w-]+", line)}


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda f: f.name)
def test_every_setting_has_a_row_with_its_default(setting: Field[Any]) -> None:
    row = re.search(rf"^\| `{setting.name}` \| ([^|]+) \|", section("## Settings"), re.MULTILINE)
    assert row is not None
    told = row[1].strip().strip("`").replace(",", "")
    default = setting.default
    shown = f"{default:g}" if isinstance(default, float) else str(default)
    assert told.casefold() == shown.casefold()


def test_every_kind_that_show_prints_is_documented() -> None:
    assert set(queries.WHATS) <= set(TOP_LEVEL)


@pytest.mark.parametrize(
    ("what", "key"), [(w, key) for w, shape in TOP_LEVEL.items() for key in shape.__struct_fields__]
)
def test_every_top_level_key_is_in_its_section(what: str, key: str) -> None:
    assert key in code_words(section(f"### {what}"))


def test_every_nested_key_is_somewhere_under_json() -> None:
    known = code_words(section("## JSON")) | code_words(section("## Commands"))
    for shape in vars(shapes).values():
        if inspect.isclass(shape) and issubclass(shape, Struct) and shape is not Struct:
            missing = set(shape.__struct_fields__) - known
            assert not missing, (shape.__name__, missing)


def test_every_reason_is_documented() -> None:
    reasons = iter_reasons()
    assert {"empty", "no_case", "unread_language", "timeout", "wrong_settings"} <= reasons
    assert not reasons - code_words(section("## Reasons of rejection"))


def test_no_reason_is_documented_that_does_not_exist() -> None:
    rows = re.findall(r"^\| [^|]* \| ([^|]*) \|", section("## Reasons of rejection"), re.MULTILINE)
    told = {word for cell in rows for word in code_words(cell)}
    assert len(told) > 30
    assert told - iter_reasons() == set()


@pytest.mark.parametrize(
    "words", ["INCIDENT_TYPES", "STANCES", "STAGES", "EFFECTS", "SECTION_KINDS", "TIME_PRECISIONS"]
)
def test_every_word_of_the_vocabularies_is_in_the_reference(words: str) -> None:
    for word in getattr(vocabulary, words):
        assert re.search(rf"\b{word}\b", REFERENCE), word


def test_the_map_names_every_folder() -> None:
    package = ROOT / "src" / "rashomon"
    folders = {p.name for p in package.iterdir() if (p / "__init__.py").exists()}
    tracked = {"capture", "read", "resolve", "link", "weigh", "store", "present", "pipeline", "demo"}
    assert tracked <= folders
    for name in sorted(folders):
        assert f"{name}/" in ARCHITECTURE, name


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [
        *project["project"]["dependencies"],
        *project["build-system"]["requires"],
        *project["dependency-groups"]["dev"],
        *project["dependency-groups"]["docs"],
    ]
    for extra in project["project"]["optional-dependencies"].values():
        named += extra
    for requirement in named:
        name = re.split(r"[\[<>=~!]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", ARCHITECTURE, re.IGNORECASE), name


def test_the_readme_s_blocks_are_those_that_can_be_run_again() -> None:
    module = load_docs("readme_output")
    assert module.names(README) == list(module.BLOCKS)
    for name in module.BLOCKS:
        block = README.split(f"<!-- output: {name} -->")[1].split("<!-- end -->")[0]
        assert "$ rashomon " in block, name


def test_a_chart_has_a_bar_for_each_weight_and_for_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    module = importlib.import_module("linking_page")
    weights = (
        MatchWeight("time", "same day", 5.5),
        MatchWeight("place", "far & away", -2.25),
        MatchWeight("x", "", 0.0),
    )
    picture = module.chart(Link("a", "b", 0.75, weights), "A and B")
    told = [t.text for t in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert "time: same day" in told
    assert "place: far & away" in told
    assert {"+5.5", "-2.2"} <= set(told)
    assert told[-1] == f"{module.as_bits(load_weights().prior) + 3.25:+.1f}"
    assert picture.count("<rect") == 5  # the ground, the prior, two weights that say something, their sum


def test_the_linking_page_holds_what_is_made_for_it() -> None:
    page = (ROOT / "docs" / "linking.md").read_text(encoding="utf-8")
    assert load_docs("readme_output").names(page) == ["tellings", "pairs", "weakest"]
    assert "| **A** |" in page
    for name in ("strongest", "weakest"):
        assert (ROOT / "docs" / "pictures" / f"link-{name}.svg").read_text(encoding="utf-8").startswith("<svg")


PAGES = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    *sorted(str(p.relative_to(ROOT)) for p in DOCS.rglob("*.md")),
]


@pytest.mark.parametrize("name", PAGES)
def test_links_to_files_of_the_project_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    made = {ROOT / "docs" / page for page in reference.PAGES}  # when the site is built
    assert not [x for x in links if not (path.parent / x).exists() and (path.parent / x).resolve() not in made]


def rows_of(heading: str, text: str) -> list[str]:
    """The first cells of the table under a heading, without their back-quotes."""
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#{{1,3}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return re.findall(r"^\| `([^|]+)` \|", found[1], re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("acled-csv", acled.COLUMNS), ("ucdp-csv", ucdp.COLUMNS), ("gdelt-mentions", gdelt.COLUMNS),
        ("plover-jsonl", plover.PloverEvent.__struct_fields__), ("geojson", geojson.Properties.__struct_fields__),
        ("gexf", tuple(n for n, _ in (*gexf.NODE_ATTRIBUTES, *gexf.EDGE_ATTRIBUTES))),
    ],
)  # fmt: skip
def test_every_column_of_an_export_has_its_row_in_its_order(name: str, columns: tuple[str, ...]) -> None:
    assert tuple(rows_of(f"## {name}", EXPORTS)) == columns


def test_every_nested_key_of_an_export_is_in_its_section() -> None:
    for name, kinds in {"plover-jsonl": (plover.Party, plover.Location), "geojson": (geojson.ToldHow,)}.items():
        told = code_words(part_of(f"## {name}"))
        for kind in kinds:
            assert not set(kind.__struct_fields__) - told, (name, kind)
    extras = code_words(part_of("## gdelt-mentions"))
    assert {"telling", "page", "sha256", "char", "origin", "types", "stance", "stage", "published", "judged"} <= extras


def part_of(heading: str) -> str:
    return EXPORTS.split(f"{heading}\n")[1].split("\n## ")[0]


def test_every_schema_and_property_of_followthemoney_is_in_its_section() -> None:
    source = ast.parse(Path(ftm.__file__).read_text(encoding="utf-8"))
    made = [n for n in ast.walk(source) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_entity"]
    schemata = {n.args[1].value for n in made if isinstance(n.args[1], ast.Constant)} | set(ftm._SCHEMATA.values())
    properties = {k.arg for n in made for k in n.keywords if k.arg}
    assert {"Event", "Note", "Person"} <= schemata
    assert {"involved", "criteria"} <= properties
    assert not (schemata | properties) - code_words(part_of("## ftm"))


def test_every_format_filter_and_kind_is_documented() -> None:
    formats = section("### rashomon export")
    for name in FORMAT_NAMES:
        assert re.search(rf"^\| `{name}` \|", formats, re.MULTILINE), name
        assert f"`{name}`" in EXPORTS or f"## {name}" in EXPORTS, name
    assert set(FILTER_NAMES) <= code_words(formats)
    assert set(KINDS) <= code_words(section("### rashomon import"))


def test_pages_made_from_code_name_everything() -> None:
    commands, python, records, web = (make() for make in reference.PAGES.values())
    for command, option in iter_options():
        if option != "--help":
            assert option in commands.split(f"## rashomon {command}\n")[1].split("\n## ")[0]
    for kind in reference.iter_record_kinds():
        assert f"## {kind.__name__}\n" in python + records, kind
    shapes_told = [kind for kind in reference.iter_shapes() if f"### {kind.__name__}\n" in web]
    assert len(shapes_told) > 40
    tags = {kind.__struct_config__.tag for kind in lines.Line.__args__}
    assert tags == set(re.findall(r"^\| `(\w+)` \|", reference.make_lines(), re.MULTILINE))


@pytest.mark.parametrize("name", list(reference.TABLES))
def test_every_column_of_a_table_has_a_meaning(name: str) -> None:
    made = reference.make_columns(name)
    assert re.findall(r"^\| `(\w+)` \|", made, re.MULTILINE) == [c.name for c in reference.TABLES[name]]
    if name in ("incidents", "tellings", "sources"):
        assert f"<!-- from code: {name} -->" in EXPORTS


def test_what_has_no_words_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    command = reference.list_commands()["show"]
    monkeypatch.setattr(command.params[-1], "help", "")
    monkeypatch.setattr(reference, "list_commands", lambda: {"show": command})
    with pytest.raises(reference.UndocumentedError, match="show"):
        reference.make_commands()
    silent = replace(reference.TABLES["actors"][0], about="")
    monkeypatch.setitem(reference.TABLES, "actors", (silent,))
    with pytest.raises(reference.UndocumentedError, match="actors"):
        reference.make_columns("actors")


def test_every_page_is_in_the_site_s_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").split("nav:")[1]
    listed = set(re.findall(r": ([\w/-]+\.md)$", menu, re.MULTILINE))
    written = {str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").rglob("*.md")}
    assert written | set(reference.PAGES) <= listed
    assert {page for page in listed - written if not page.startswith("project/")} == set(reference.PAGES)
    assert re.search(r"^  font: false$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
