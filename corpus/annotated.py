"""Annotated texts, as GUIDELINE.md defines them.

In: a file of `corpus/texts`. Out: an `AnnotatedText` whose spans are `[start, end)` in its text (code points).
Never: guesses; a string that is not in the text is an `AnnotationError` with the line that holds it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from rashomon import vocabulary

TEXTS = Path(__file__).parent / "texts"
SNIPPETS = Path(__file__).parent / "snippets"
Span = tuple[int, int]

_NUMBER = re.compile(r"^[~<>]?\d[\d,]*(\+|-\d[\d,]*)?$")


class AnnotationError(ValueError):
    """A file that does not follow the guideline; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a role: its attributes in the order of the guideline and its coreferent mentions, best first."""

    role: str
    attributes: tuple[str, ...]
    mentions: tuple[Span, ...]

    def attribute(self, allowed: tuple[str, ...]) -> str | None:
        """The first attribute that is one of `allowed`."""
        return next((a for a in self.attributes if a in allowed), None)


@dataclass(frozen=True, slots=True)
class AnnotatedTelling:
    """One telling: `by` is who says so in the text, `outcome` what came of it."""

    types: tuple[str, ...]
    stance: str
    stage: str
    anchors: tuple[Span, ...]
    fillers: tuple[Filler, ...]
    by: tuple[Span, ...]
    outcome: Span | None

    def of_role(self, role: str) -> tuple[Filler, ...]:
        """The fillers of one role (`perp`, `target`, `instrument`, `place`, `time`, `count`, `beneficiary`)."""
        return tuple(f for f in self.fillers if f.role == role)


@dataclass(frozen=True, slots=True)
class AnnotatedStatement:
    """Attributed speech; `source` and `audience` may be absent."""

    source: Span | None
    cue: Span | None
    content: Span | None
    audience: Span | None
    stance: str


@dataclass(frozen=True, slots=True)
class LoadedWords:
    """Loaded words and what a neutral telling would say instead."""

    span: Span
    neutral: str


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with everything that the guideline asks for."""

    id: str
    conflict: str
    genre: str
    outlet: str
    published: str
    text: str
    tellings: tuple[AnnotatedTelling, ...]
    statements: tuple[AnnotatedStatement, ...]
    loaded: tuple[LoadedWords, ...]


_ATTRIBUTES: dict[str, tuple[tuple[str, ...], ...]] = {
    "perp": (vocabulary.ACTOR_FORMS, vocabulary.ACTOR_SIDES, vocabulary.STANCES),
    "beneficiary": (vocabulary.ACTOR_FORMS, vocabulary.ACTOR_SIDES),
    "target": (vocabulary.TARGET_KINDS, vocabulary.EFFECTS),
    "instrument": (vocabulary.INSTRUMENT_KINDS,),
    "place": (vocabulary.PLACE_KINDS,),
    "time": (vocabulary.TIME_PRECISIONS,),
    "count": (vocabulary.EFFECTS,),
}
_OPTIONAL = {("perp", 2)}


class _Finder:
    """Finds strings of one text; all errors of a file are collected, not only the first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.errors: list[str] = []

    def all(self, string: str) -> list[Span]:
        """All occurrences, whole words only (a space in `string` matches any run of white space)."""
        words = [re.escape(w) for w in string.split()]
        if not words:
            return []
        left = r"(?<!\w)" if string[0].isalnum() else ""
        right = r"(?!\w)" if string[-1].isalnum() else ""
        return [m.span() for m in re.finditer(left + r"\s+".join(words) + right, self.text)]

    def one(self, string: str, near: int | None, where: str) -> Span | None:
        """The numbered occurrence, or the one nearest to `near`, or the first."""
        string = string.strip()
        number = None
        if (m := re.search(r"#(\d+)$", string)) and not self.all(string):
            string, number = string[: m.start()].strip(), int(m[1])
        found = self.all(string)
        if number is not None:
            if number > len(found):
                self.errors.append(f"{where}: no occurrence {number} of {string!r}")
                return None
            return found[number - 1]
        if not found:
            self.errors.append(f"{where}: not in the text: {string!r}")
            return None
        if near is None:
            return found[0]
        return min(found, key=lambda s: abs(s[0] - near))


def _check_attributes(role: str, attributes: tuple[str, ...], where: str, errors: list[str]) -> None:
    groups = _ATTRIBUTES[role]
    for i, allowed in enumerate(groups):
        if (role, i) not in _OPTIONAL and not any(a in allowed for a in attributes):
            errors.append(f"{where}: {role} lacks one of {', '.join(allowed)}")
    known = {a for g in groups for a in g}
    for a in attributes:
        is_value = role in ("target", "count") and _NUMBER.match(a)
        is_time = role == "time" and re.match(r"^(\?|[-\d.:T?]+)$", a)
        if a not in known and not is_value and not is_time:
            errors.append(f"{where}: unknown attribute {a!r} of {role}")
        first, _, last = a.partition("..")
        if role == "time" and last and "?" not in a and last < first[: len(last)]:
            errors.append(f"{where}: time ends before it begins: {a}")
    if role == "count" and not any(_NUMBER.match(a) for a in attributes):
        errors.append(f"{where}: count lacks a number")


def _read_telling(lines: list[tuple[int, str]], finder: _Finder) -> AnnotatedTelling | None:
    types: tuple[str, ...] = ()
    stance = stage = ""
    anchors: list[Span] = []
    fillers: list[Filler] = []
    by: list[Span] = []
    outcome: Span | None = None
    errors = finder.errors
    for number, line in lines:
        where = f"line {number}"
        m = re.match(r"^(\w+)\s*(?:\[([^\]]*)\])?\s*:\s*(.*)$", line)
        if not m:
            errors.append(f"{where}: not `key [attributes]: strings`: {line!r}")
            continue
        key, attributes, rest = m[1], tuple(a.strip() for a in (m[2] or "").split(",") if a.strip()), m[3].strip()
        near = anchors[0][0] if anchors else None
        if key == "types":
            parts = [p.strip() for p in rest.split("|")]
            if len(parts) != 3 or parts[1] not in vocabulary.STANCES or parts[2] not in vocabulary.STAGES:
                errors.append(f"{where}: types line must be `types: a, b | stance | stage`: {rest!r}")
                continue
            types, stance, stage = tuple(t.strip() for t in parts[0].split(",")), parts[1], parts[2]
            errors.extend(f"{where}: unknown type {t!r}" for t in types if t not in vocabulary.INCIDENT_TYPES)
        elif key == "anchors":
            anchors += [s for a in rest.split(" | ") if (s := finder.one(a, None, where))]
        elif key in _ATTRIBUTES:
            _check_attributes(key, attributes, where, errors)
            spans = tuple(s for a in rest.split(" = ") if (s := finder.one(a, near, where)))
            if spans:
                fillers.append(Filler(key, attributes, spans))
        elif key == "by":
            by += [s for a in rest.split(" = ") if (s := finder.one(a, near, where))]
        elif key == "outcome":
            outcome = finder.one(rest, near, where)
        else:
            errors.append(f"{where}: unknown key {key!r}")
    if not types or not anchors:
        errors.append(f"line {lines[0][0]}: a telling needs a types line and anchors")
        return None
    return AnnotatedTelling(types, stance, stage, tuple(anchors), tuple(fillers), tuple(by), outcome)


def _read_statement(line: str, where: str, finder: _Finder) -> AnnotatedStatement | None:
    parts = [p.strip() for p in line.split("|")]
    if len(parts) != 5 or parts[4] not in vocabulary.STANCES:
        finder.errors.append(f"{where}: a statement is `source | cue | content | audience | stance`: {line!r}")
        return None
    content = finder.one(parts[2], None, where) if parts[2] else None
    near = content[0] if content else None
    source, cue, audience = (finder.one(p, near, where) if p else None for p in (parts[0], parts[1], parts[3]))
    return AnnotatedStatement(source, cue, content, audience, parts[4])


def _split_sections(raw: str) -> tuple[dict[str, str], dict[str, tuple[int, list[str]]]]:
    header: dict[str, str] = {}
    sections: dict[str, tuple[int, list[str]]] = {}
    current: list[str] | None = None
    for number, line in enumerate(raw.split("\n"), start=1):
        if m := re.match(r"^=== (\w+)\s*$", line):
            current = []
            sections[m[1]] = (number + 1, current)
        elif current is not None:
            current.append(line)
        elif ":" in line:
            key, value = line.split(":", 1)
            header[key.strip()] = value.strip()
    return header, sections


def parse_annotated(raw: str, name: str) -> AnnotatedText:
    """Read one annotated text from `raw`; raises AnnotationError naming everything that is wrong in it."""
    header, sections = _split_sections(raw)
    text = "\n".join(sections.get("text", (0, []))[1]).strip("\n")
    finder = _Finder(text)
    missing = [k for k in ("id", "conflict", "genre", "outlet", "published") if k not in header]
    missing += [f"=== {s}" for s in ("text", "tellings", "statements", "loaded") if s not in sections]
    finder.errors.extend(f"missing {m}" for m in missing)

    tellings: list[AnnotatedTelling] = []
    start, lines = sections.get("tellings", (0, []))
    block: list[tuple[int, str]] = []
    for number, line in [*enumerate(lines, start=start), (start + len(lines), "")]:
        if line.strip():
            block.append((number, line.strip()))
        elif block:
            if telling := _read_telling(block, finder):
                tellings.append(telling)
            block = []

    statements: list[AnnotatedStatement] = []
    start, lines = sections.get("statements", (0, []))
    for number, line in enumerate(lines, start=start):
        if line.strip() and (statement := _read_statement(line, f"line {number}", finder)):
            statements.append(statement)

    loaded: list[LoadedWords] = []
    start, lines = sections.get("loaded", (0, []))
    for number, line in enumerate(lines, start=start):
        if not line.strip():
            continue
        words, _, neutral = line.partition("->")
        if (span := finder.one(words, None, f"line {number}")) is not None:
            loaded.append(LoadedWords(span, neutral.strip()))

    if finder.errors:
        raise AnnotationError(f"{name}: " + f"\n{name}: ".join(finder.errors))
    h = {k: header[k] for k in ("id", "conflict", "genre", "outlet", "published")}
    return AnnotatedText(**h, text=text, tellings=tuple(tellings), statements=tuple(statements), loaded=tuple(loaded))


def read_annotated(path: Path) -> AnnotatedText:
    """Read one file of the corpus."""
    return parse_annotated(path.read_text(encoding="utf-8"), path.name)
