"""What the reader finds, as MUC-4 templates.

In: texts of messages. Out: a template for every telling of an incident of MUC-4's kinds, `*` where there is none.
Never: the keys. Spans are in the text, so every string fill is a string of the message.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bench.muc4_fills import SLOTS, Fill, read_fill
from bench.muc4_score import Template
from bench.muc4_words import (
    CONFIDENCES,
    COUNTRIES,
    HUMAN_EFFECTS,
    HUMAN_KINDS,
    INSTRUMENTS,
    LAYERS,
    MONTHS,
    PHYSICAL_EFFECTS,
    PHYSICAL_KINDS,
    PLACE_TYPES,
    TYPES,
)
from rashomon.capture import article_from_text
from rashomon.read.evidence import gather
from rashomon.read.groups import group_tellings
from rashomon.read.heads import STATEMENT_LAYERS
from rashomon.read.reader import Reader, load_reader
from rashomon.read.tellings import make_tellings
from rashomon.records import Article, PlaceFiller, Published, Reading, TargetFiller, Telling, TimeFiller
from rashomon.resolve import Resolver, load_resolver, parse_number
from rashomon.settings import Settings
from rashomon.spans import Span

_DATELINE = re.compile(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d{2})\b")
_PLURAL = re.compile(r"(?:[^S]S|MEN|WOMEN|PEOPLE|CHILDREN|POLICE|PERSONNEL)$")
Lines = dict[str, list[str]]


def read_answers(texts: Mapping[str, str]) -> list[Template]:
    """Read every message; templates are numbered in the order of the text."""
    reader, resolver = load_reader(), load_resolver(Settings())
    return [t for message, text in texts.items() for t in answer(reader, resolver, message, text)]


def answer(reader: Reader, resolver: Resolver, message: str, text: str) -> list[Template]:
    """The templates of one message; one numbered `*` if it tells of no incident of MUC-4's kinds."""
    article = dated(article_from_text(text, message))
    reading = resolver.resolve(article, read_as_annotated(reader, article))
    told = [t for t in reading.tellings if is_incident(t)]
    country = _likely_country(reading) or _named_country(text)
    found = [
        Template(message, str(i), False, _fills(lines_of(t, article, reading, country))) for i, t in enumerate(told, 1)
    ]
    return found or [Template(message, "*", False, {})]


def read_as_annotated(reader: Reader, article: Article) -> Reading:
    """The article read by MUC-4's guideline instead of ours, which knows more kinds of incidents and of targets."""
    reading, card = reader.read(article), reader.model.card
    card = replace(card, thresholds=card.thresholds_for("muc4"))
    evidence = gather(reader.model, article, "muc4", (*LAYERS, *STATEMENT_LAYERS))
    told = make_tellings(evidence, article.page, group_tellings(evidence, card), reading.statements, card)
    return replace(reading, tellings=tuple(sorted(told, key=lambda t: t.span.start_char)))


def dated(article: Article) -> Article:
    """The article with the date of its dateline (`SAN SALVADOR, 18 FEB 90 (DPA) -- [TEXT]`)."""
    m = _DATELINE.search(article.text[:400])
    if not m or m[2] not in MONTHS:
        return article
    day = f"19{m[3]}-{MONTHS.index(m[2]) + 1:02}-{int(m[1]):02}"
    return replace(article, published=Published(day, day, "day", "dateline"))


def incident_type(telling: Telling) -> str | None:
    """The type of MUC-4, None if it has none for what is told."""
    return next((muc for ours, muc in TYPES.items() if ours in telling.types), None)


def is_incident(telling: Telling) -> bool:
    """Whether MUC-4 wants a template: one of its types, told to have happened or been tried, with a target."""
    return bool(incident_type(telling) and telling.targets and telling.stance not in ("denies", "hypothetical"))


def _fills(lines: Lines) -> dict[str, list[Fill]]:
    return {slot: [f for line in lines[slot] if (f := read_fill(slot, line))] for slot in SLOTS if slot in lines}


def lines_of(telling: Telling, article: Article, reading: Reading, country: str) -> Lines:
    """A template as lines by slot, as they stand in files of answers."""
    out: Lines = {
        "inc-date": [_date(telling.time, article.published)],
        "inc-loc": [_location(telling.places, country)],
        "inc-type": [incident_type(telling) or "ATTACK"],
        "inc-stage": [telling.stage.upper()],
        "inc-instr-id": [quote(i.span) for i in telling.instruments],
        "inc-instr-type": [
            f"{INSTRUMENTS[i.kind]}: {quote(i.span)}" for i in telling.instruments if i.kind in INSTRUMENTS
        ],
        "perp-inc-cat": _category(telling),
        "perp-ind-id": [quote(p.span) for p in telling.perpetrators if p.kind != "organisation"],
    }
    organisations = [p for p in telling.perpetrators if p.kind == "organisation"]
    out["perp-org-id"] = [quote(p.span) for p in organisations]
    out["perp-org-conf"] = [f"{CONFIDENCES[telling.stance]}: {quote(p.span)}" for p in organisations]
    for target in telling.targets:
        lines = _physical(target) if target.kind in PHYSICAL_KINDS else _human(target, reading)
        for slot, line in lines:
            out.setdefault(slot, []).append(line)
    return out


def quote(span: Span) -> str:
    """A span as a string fill: in quotation marks, those inside escaped."""
    return '"' + " ".join(span.text.split()).upper().replace('"', '\\"') + '"'


def _physical(target: TargetFiller) -> Iterator[tuple[str, str]]:
    words = quote(target.span)
    yield "phys-tgt-id", words
    yield "phys-tgt-type", f"{PHYSICAL_KINDS[target.kind]}: {words}"
    yield "phys-tgt-num", f"{_number(target.span)}: {words}"
    if target.effect in PHYSICAL_EFFECTS:
        yield "phys-tgt-effect", f"{PHYSICAL_EFFECTS[target.effect]}: {words}"


def _human(target: TargetFiller, reading: Reading) -> Iterator[tuple[str, str]]:
    """Name and description apart: a mention that is a person's name is the name, another one describes."""
    mentions = target.mentions or (target.span,)
    name, title = next((found for m in mentions if (found := _name_in(m, reading))), (None, None))
    other = next((m for m in mentions if not _name_in(m, reading) and len(m.text) > 3), title)
    if name is None:
        other = target.span
    words = quote(name or target.span)
    if name:
        yield "hum-tgt-name", words
    if other:
        yield "hum-tgt-desc", quote(other) + (f": {words}" if name else "")
    yield "hum-tgt-type", f"{HUMAN_KINDS.get(target.kind, 'CIVILIAN')}: {words}"
    yield "hum-tgt-num", f"{1 if name else _number(target.span)}: {words}"
    if target.effect in HUMAN_EFFECTS:
        yield "hum-tgt-effect", f"{HUMAN_EFFECTS[target.effect]}: {words}"


def _name_in(span: Span, reading: Reading) -> tuple[Span, Span | None] | None:
    """The person's name that a mention is or ends with, and the title before it; None where it is no name."""
    for named in (m.span for m in reading.mentions if m.kind == "person"):
        if named.start_char <= span.start_char and span.end_char <= named.end_char and len(span.text.split()) < 6:
            return span, None
        if span.start_char < named.start_char and named.end_char == span.end_char:
            before = span.text[: named.start_char - span.start_char].rstrip(" ,")
            title = Span(span.start_char, span.start_char + len(before), before) if len(before) > 3 else None
            return named, title
    return None


def _number(span: Span) -> str:
    """How many a description says: a number at its start, else one or more than one by its last word."""
    value = parse_number(" ".join(span.text.split()[:3]))
    if value and value.best:
        return str(value.best)
    head = re.split(r"\b(?:OF|FROM|IN|AT|WHO|BELONGING)\b", span.text.upper())[0].split()
    return "PLURAL" if head and _PLURAL.search(head[-1]) else "1"


def _category(telling: Telling) -> list[str]:
    """By the side of who did it; where none is told, what four keys of five say."""
    sides = {p.side for p in telling.perpetrators}
    return ["STATE-SPONSORED VIOLENCE"] if "state" in sides and "nonstate" not in sides else ["TERRORIST ACT"]


def _write_date(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year % 100:02}"


def _date(time: TimeFiller | None, published: Published | None) -> str:
    """A day, a range, or what the task says where no date is told: up to the day of the message."""
    if time and time.start and time.end:
        a, b = _write_date(time.start), _write_date(time.end)
        return a if a == b else f"{a} - {b}"
    return f"- {_write_date(published.end)}" if published else "-"


def _likely_country(reading: Reading) -> str:
    found = Counter(p.country for t in reading.tellings for p in t.places if p.country in COUNTRIES)
    return found.most_common(1)[0][0] or "" if found else ""


def _named_country(text: str) -> str:
    """The country that a message names most often."""
    named = Counter({code: len(re.findall(rf"\b{name}", text)) for code, name in COUNTRIES.items()})
    code, times = named.most_common(1)[0]
    return code if times else ""


def _location(places: Sequence[PlaceFiller], country: str) -> str:
    """The narrowest two places of a telling, in the country that most of the message's places lie in."""
    held = Counter(p.country for p in places if p.country in COUNTRIES)
    code = (held.most_common(1)[0][0] if held else None) or country
    if not code:
        return "-"
    order = ("region", "town", "area", "site", "neighbourhood")
    parts = {
        p.kind: " ".join(p.span.text.split()).upper() for p in places if p.kind in order and p.country in (code, None)
    }
    chain = [f"{parts[kind]} ({PLACE_TYPES[kind]})" for kind in order if kind in parts][-2:]
    return ": ".join([COUNTRIES[code], *chain])
