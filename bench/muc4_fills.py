"""MUC-4's slot fills as the official scorer reads them.

In: lines of templates (keys or responses), or the fillers of a history of human decisions. Out: `Fill`s that compare
equal when they are written differently but say the same. Never: scoring.

A filler is one or more alternatives; each has values and, after a colon, the strings it refers to:
`1 / PLURAL: "SHACKS" / "HOUSES"` is one alternative with two values and two references.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DATE, LOCATION = 2, 3
SLOTS = (
    "template-id", "inc-date", "inc-loc", "inc-type", "inc-stage", "inc-instr-id", "inc-instr-type", "perp-inc-cat",
    "perp-ind-id", "perp-org-id", "perp-org-conf", "phys-tgt-id", "phys-tgt-type", "phys-tgt-num", "phys-tgt-nation",
    "phys-tgt-effect", "phys-tgt-total-num", "hum-tgt-name", "hum-tgt-desc", "hum-tgt-type", "hum-tgt-num",
    "hum-tgt-nation", "hum-tgt-effect", "hum-tgt-total-num",
)  # fmt: skip
"""Names of slots 1 to 24, as score reports write them."""

REFERRING = {
    "inc-instr-type": ("inc-instr-id",), "perp-org-id": ("perp-ind-id",), "perp-org-conf": ("perp-org-id",),
    "phys-tgt-type": ("phys-tgt-id",), "phys-tgt-num": ("phys-tgt-id",), "phys-tgt-nation": ("phys-tgt-id",),
    "phys-tgt-effect": ("phys-tgt-id",), "hum-tgt-desc": ("hum-tgt-name",),
    "hum-tgt-type": ("hum-tgt-name", "hum-tgt-desc"), "hum-tgt-num": ("hum-tgt-name", "hum-tgt-desc"),
    "hum-tgt-nation": ("hum-tgt-name", "hum-tgt-desc"), "hum-tgt-effect": ("hum-tgt-name", "hum-tgt-desc"),
}  # fmt: skip
"""Slots whose fillers refer to fillers of other slots."""

STRINGS = frozenset(("inc-instr-id", "perp-ind-id", "perp-org-id", "phys-tgt-id", "hum-tgt-name", "hum-tgt-desc"))
SETS = frozenset((
    "inc-type", "inc-stage", "inc-instr-type", "perp-inc-cat", "perp-org-conf", "phys-tgt-type", "phys-tgt-nation",
    "phys-tgt-effect", "hum-tgt-type", "hum-tgt-nation", "hum-tgt-effect",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative: any of `values`, which refer to any of `refs` (none: no reference)."""

    values: frozenset[str]
    refs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fill:
    """One filler: its alternatives, in no order; an `optional` one costs nothing where it is missed."""

    options: frozenset[Option]
    optional: bool = False

    @property
    def values(self) -> frozenset[str]:
        """The values of all alternatives."""
        return frozenset(v for o in self.options for v in o.values)

    @property
    def refs(self) -> frozenset[str]:
        """The references of all alternatives."""
        return frozenset(r for o in self.options for r in o.refs)


_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|[()/:]|[^"()/:]+')


def _split(text: str, mark: str) -> list[str]:
    """`text` cut at `mark` where it stands neither in quotes nor in brackets.

    >>> _split('1 / (2 / 3): "A / B"', "/")
    ['1', '(2 / 3): "A / B"']
    """
    parts, depth = [""], 0
    for piece in _PIECE.findall(text):
        if piece == mark and depth == 0:
            parts.append("")
            continue
        depth += (piece == "(") - (piece == ")")
        parts[-1] += piece
    return [p.strip() for p in parts]


def _bare(text: str) -> str:
    """Without brackets around all of it.

    >>> _bare("(01 DEC 88 - 02 DEC 88)"), _bare("(A) / (B)")
    ('01 DEC 88 - 02 DEC 88', '(A) / (B)')
    """
    text = text.strip()
    depth = 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth == 0 and i < len(text) - 1:
            return text
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def normal(value: str) -> str:
    """Upper case, single blanks, hyphens of ranges with a blank on either side, no quotation marks around.

    >>> normal('"THE  bomb"'), normal("12-15"), normal('"-"')
    ('THE BOMB', '12 - 15', '-')
    """
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1].replace('\\"', '"')
        return " ".join(value.upper().split())
    value = re.sub(r"(?<=\d)\s*-\s*|(?<![A-Z])-\s*(?=\d)", " - ", value.upper())
    return " ".join(value.split())


def read_fill(slot: str, text: str) -> Fill | None:
    """One filler as a line of a template gives it; None if it says that there is none (`-`, `*`, nothing)."""
    text = text.strip()
    optional = text.startswith("?")
    text = text.lstrip("? ").strip()
    if not text.strip("*- "):
        return None
    if text in ("", "-", "*", '"-"') and not (text == '"-"' and slot in SETS):
        return None
    if slot == "inc-loc":
        options = [Option(frozenset((v,))) for v in _locations(text)]
    elif slot == "inc-date":
        options = [Option(frozenset((normal(_bare(part)),))) for part in _split(text, "/")]
    else:
        options = _options(slot, text)
    return Fill(frozenset(options), optional) if options else None


def _options(slot: str, text: str) -> list[Option]:
    if slot not in REFERRING:
        return [Option(frozenset(normal(_bare(p)) for p in _split(text, "/")))]
    parts = _split(text, "/")
    if len(parts) > 1 and all(p.startswith("(") and p.endswith(")") for p in parts):
        return [o for part in parts for o in _options(slot, _bare(part))]
    head, *tail = _split(text, ":")
    refs = frozenset(normal(p) for part in tail for p in _split(_bare(part), "/") if p)
    values = frozenset(normal(_bare(p)) for p in _split(_bare(head), "/") if p)
    return [Option(values, refs)] if values else []


def _locations(text: str) -> Iterator[str]:
    """Alternatives of a location; one that names no country has that of the first.

    >>> list(_locations("COLOMBIA: (MEDELLIN (CITY) - DORADAL (TOWN)) / (DORADAL (TOWN))"))
    ['COLOMBIA: MEDELLIN (CITY) - DORADAL (TOWN)', 'COLOMBIA: DORADAL (TOWN)']
    """
    country = ""
    for part in _split(text, "/"):
        pieces = [_bare(p) for p in _split(_bare(part), ":")]
        if country and re.search(r"\(", pieces[0]):
            pieces = [country, *pieces]
        country = country or pieces[0]
        yield ": ".join(re.sub(r"\s*-\s+|\s+-\s*", " - ", " ".join(p.upper().split())) for p in pieces)


SExpression = str | Sequence["SExpression"]


def fill_of_history(slot: str, form: SExpression) -> Fill:
    """A filler as the history of decisions writes it, such as `(xref (or "1" "PLURAL") "HOUSES")`."""
    if not isinstance(form, str) and form[0] == "optional":
        inner = fill_of_history(slot, form[1])
        return Fill(inner.options, optional=True)
    if not isinstance(form, str) and form[0] == "or" and any(_is_form(f, "xref") for f in form[1:]):
        return Fill(frozenset(o for f in form[1:] for o in fill_of_history(slot, f).options))
    if not isinstance(form, str) and form[0] == "xref":
        return Fill(frozenset((Option(_atoms(form[1]), _atoms(form[2])),)))
    values = _atoms(form)
    if slot in ("inc-date", "inc-loc"):
        return Fill(frozenset(Option(frozenset((v,))) for v in values))
    return Fill(frozenset((Option(values),)))


def _is_form(form: SExpression, name: str) -> bool:
    return not isinstance(form, str) and form[0] == name


def _atoms(form: SExpression) -> frozenset[str]:
    if isinstance(form, str):
        return frozenset((normal(form),))
    if form[0] == "or":
        return frozenset(a for f in form[1:] for a in _atoms(f))
    return frozenset((_write(form),))


def _write(form: SExpression) -> str:
    """A date or a location as templates write it.

    >>> _write(["location", "PERU", ["qualified", "LIMA", "CITY"]]), _write(["range", "nil", "23 AUG 88"])
    ('PERU: LIMA (CITY)', '- 23 AUG 88')
    """
    if isinstance(form, str):
        return "" if form == "nil" else normal(form)
    name, *rest = form
    if name == "qualified":
        return f"{_write(rest[0])} ({_write(rest[1])})"
    if name in ("range", "between"):
        return " - ".join(_write(f) for f in rest).strip()
    if name == "location":
        return ": ".join(_write(f) for f in rest)
    raise ValueError(f"unknown form {name!r} in a history")
