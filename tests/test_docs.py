"""The documents name what there is: commands, settings, JSON keys, reasons, folders, dependencies, README blocks."""

import ast
import importlib.util
import inspect
import re
import tomllib
from dataclasses import Field, fields
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from msgspec import Struct

from rashomon import errors, vocabulary
from rashomon.cli import app
from rashomon.present import queries, shapes
from rashomon.settings import Settings

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

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


def load_readme_output() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_output", ROOT / "docs" / "readme_output.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    ]
    for extra in project["project"]["optional-dependencies"].values():
        named += extra
    for requirement in named:
        name = re.split(r"[\[<>=~!]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", ARCHITECTURE, re.IGNORECASE), name


def test_the_readme_s_blocks_are_those_that_can_be_run_again() -> None:
    module = load_readme_output()
    assert module.names(README) == list(module.BLOCKS)
    for name in module.BLOCKS:
        block = README.split(f"<!-- output: {name} -->")[1].split("<!-- end -->")[0]
        assert "$ rashomon " in block, name


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/reference.md", "docs/model-card.md"]
)
def test_links_to_files_of_the_project_lead_somewhere(name: str) -> None:
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]
