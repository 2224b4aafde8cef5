"""The demo's articles as they are written: header, text, and what a careful reader finds in it.

In: `articles/NN-slug.txt`, `incidents.txt`, `outlets.toml`. Out: frozen records.
Never: HTML, nor a telling whose words are not in its text.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FIELDS = ("perp", "target", "place", "date", "counts", "anchor")


@dataclass(frozen=True, slots=True)
class Told:
    """One telling as a careful reader finds it; the strings stand in the text."""

    incident: str
    types: tuple[str, ...]
    stance: str
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    date: str | None
    counts: tuple[str, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article before it has an outlet's markup; `blocks` are its paragraphs, lists, captions and so on."""

    slug: str
    header: dict[str, str]
    blocks: tuple[str, ...]
    tellings: tuple[Told, ...]

    @property
    def text(self) -> str:
        """Title and blocks, white space folded, without the asterisks that set a ship's name in italics."""
        return " ".join(" ".join([self.header["title"], *self.blocks]).replace("*", "").split())


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident: `shared` are groups of pages (their numbers) that copy from each other."""

    id: str
    title: str
    shared: tuple[tuple[str, ...], ...]
    contested: tuple[str, ...]


def load_sources(folder: Path = HERE / "articles") -> list[Source]:
    """All articles, in the order of their numbers. Raises ValueError naming every string that is not in its text."""
    sources = [_parse(path) for path in sorted(folder.glob("*.txt"))]
    wrong = [
        f"{s.slug}: {words!r}" for s in sources for t in s.tellings for words in _strings(t) if words not in s.text
    ]
    if wrong:
        raise ValueError("not in the text:\n" + "\n".join(wrong))
    return sources


def load_happenings(path: Path = HERE / "incidents.txt") -> list[Happening]:
    """The incidents told by several pages, or with something else to say of them."""
    found = []
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, title, *rest = (part.strip() for part in line.split("|"))
        parts = dict(part.split(":", 1) for part in rest)
        shared = tuple(tuple(group.split()) for group in parts.get("shared", "").split(";") if group.strip())
        found.append(Happening(name, title, shared, _items(parts.get("contested", ""), ",")))
    return found


def load_outlets(path: Path = HERE / "outlets.toml") -> dict[str, dict]:
    """What each outlet's template needs to know."""
    return tomllib.loads(path.read_text())


def _parse(path: Path) -> Source:
    head, rest = path.read_text().split("=== article\n", 1)
    article, _, told = rest.partition("=== tellings")
    header = dict(re.split(r":\s*", line, maxsplit=1) for line in head.splitlines() if line.strip())
    blocks = tuple(block.strip() for block in re.split(r"\n\s*\n", article) if block.strip())
    return Source(path.stem, header, blocks, tuple(_parse_told(line) for line in told.splitlines() if line.strip()))


def _parse_told(line: str) -> Told:
    incident, types, stance, *rest = (part.strip() for part in line.replace("*", "").split(" | "))
    fields = dict(re.split(r":\s*", part, maxsplit=1) for part in rest)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown fields {unknown} in {line!r}")
    values = {name: _items(fields.get(name, ""), ";") for name in FIELDS}
    return Told(
        incident, _items(types, ","), stance, values["perp"], values["target"], values["place"],
        fields.get("date"), tuple(c for c in values["counts"] if c != "-"), values["anchor"],
    )  # fmt: skip


def _items(words: str, separator: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in words.split(separator) if item.strip())


def _strings(told: Told) -> list[str]:
    return [*told.perpetrators, *told.targets, *told.places, *told.anchors]
