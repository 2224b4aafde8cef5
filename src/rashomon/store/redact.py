"""Redaction: words that must not be in the case any more.

In: words. Out: the same case, in which a block stands for each of their characters (so that every offset stays).
Never: the words anywhere after it: not in articles, teasers, what was read, the search index, judgements, the pages'
own bytes, nor in what the database keeps of deleted rows.

The bytes of a page that held the words are replaced by its redacted article as plain text, so that it can be read
again; the page keeps the hash of what was captured, which now proves only that it was captured.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.types import JSON

from rashomon.store.columns import Text
from rashomon.store.dialect import scrub
from rashomon.store.overview import replace_overview
from rashomon.store.overview_tables import OVERVIEW, views
from rashomon.store.packing import pack, unpack
from rashomon.store.schema import articles, metadata, migrations, page_bytes, pages, products, unlocked

BLOCK = "█"
LEAST_CHARS = 3
_LEFT = (migrations, products, unlocked, views, page_bytes, *OVERVIEW)
_KEYS = frozenset(
    {("fillers", "actor"), ("statements", "source_actor"), ("actors", "id"), ("actors", "suggested"),
     ("incident_fields", "told"), ("relations", "reasons")}
)  # fmt: skip
"""Columns that hold actors' keys."""

_LEFT_COLUMNS = frozenset({"sha256", "captured_at", "when"})


@dataclass(frozen=True, slots=True)
class Patterns:
    """What is redacted: `whole` words; in keys, which have no spaces, the words `inside` others too."""

    whole: re.Pattern[str]
    inside: re.Pattern[str]


def make_patterns(words: str) -> Patterns:
    r"""The words whatever their case, their accents and what stands between them.

    >>> found = make_patterns("Ana  Bó")
    >>> found.whole.sub("#", "ANA\nBo, anabo, Ana Bowen"), found.inside.sub("#", "colonelanabo")
    ('#, #, Ana Bowen', 'colonel#')
    """
    spelt = dict.fromkeys((words, fold(words)))
    either = "|".join(r"[\W_]*".join(map(re.escape, one.split())) for one in spelt)
    whole = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    return Patterns(whole, re.compile(either, re.IGNORECASE))


def fold(words: str) -> str:
    """Without accents: keys of actors are spelt so."""
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def redact_words(connection: Connection, words: str) -> list[str]:
    """Put blocks for the words wherever the case holds them; returns the ids of the pages that held them.

    Raises ValueError if the words are too short to be meant.
    """
    if len("".join(words.split())) < LEAST_CHARS:
        raise ValueError(f"words of at least {LEAST_CHARS} characters can be redacted")
    patterns = make_patterns(words)
    held = _replace_bytes(connection, patterns.whole)
    connection.execute(unlocked.insert().values(what="judgements"))
    for table in metadata.sorted_tables:
        if table not in _LEFT:
            _redact_table(connection, table, patterns)
    connection.execute(unlocked.delete())
    replace_overview(connection)
    scrub(connection)
    return held


def _redact_table(connection: Connection, table: Table, patterns: Patterns) -> None:
    columns = {
        c.name: patterns.inside if (table.name, c.name) in _KEYS else patterns.whole
        for c in table.columns
        if isinstance(c.type, Text | JSON) and not c.foreign_keys and c.name not in _LEFT_COLUMNS
    }
    keys = list(table.primary_key.columns)
    found: list[tuple[Any, dict[str, Any]]] = []
    for row in connection.execute(select(table).execution_options(yield_per=500)):
        held = row._mapping
        changed = {name: new for name, p in columns.items() if (new := _redact(held[name], p)) is not None}
        if changed:
            found.append((held, changed))
    for held, changed in found:
        connection.execute(update(table).where(*(key == held[key.name] for key in keys)).values(changed))


def _redact(value: Any, pattern: re.Pattern[str]) -> Any:
    """The value with blocks in it, or None if it holds nothing to redact."""
    if isinstance(value, str):
        redacted = pattern.sub(lambda found: BLOCK * len(found[0]), value)
        return None if redacted == value else redacted
    if isinstance(value, list | dict):
        written = msgspec.json.encode(value).decode()
        redacted = _redact_json(value, pattern)
        return None if msgspec.json.encode(redacted).decode() == written else redacted
    return None


def _redact_json(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, list):
        return [_redact_json(item, pattern) for item in value]
    if isinstance(value, dict):
        return {key: _redact_json(item, pattern) for key, item in value.items()}
    if isinstance(value, str):
        return pattern.sub(lambda found: BLOCK * len(found[0]), value)
    return value


def _replace_bytes(connection: Connection, pattern: re.Pattern[str]) -> list[str]:
    """Put redacted plain text for the bytes of each page whose article or bytes hold the words; their ids."""
    query = select(pages.c.number, pages.c.id, pages.c.hints, articles.c.text, articles.c.title, articles.c.outlet,
                   articles.c.published_start, page_bytes.c.packing, page_bytes.c.body)  # fmt: skip
    query = query.join(page_bytes, page_bytes.c.page == pages.c.number)
    query = query.outerjoin(articles, articles.c.page == pages.c.number)
    last = connection.execute(select(func.max(pages.c.number))).scalar() or 0
    found = []
    for number in range(1, last + 1):
        row = connection.execute(query.where(pages.c.number == number)).first()
        if row is None or not _holds(row, pattern):
            continue
        text = pattern.sub(lambda m: BLOCK * len(m[0]), row.text or "")
        packing, body = pack(text.encode("utf-8", "replace"))
        kept = update(page_bytes).where(page_bytes.c.page == number)
        connection.execute(kept.values(packing=packing, size=len(text.encode("utf-8", "replace")), body=body))
        hints = (row.hints or {}) | {"title": row.title, "outlet": row.outlet, "published": row.published_start,
                                     "charset": "utf-8"}  # fmt: skip
        connection.execute(
            update(pages)
            .where(pages.c.number == number)
            .values(media_type="text/plain", hints=_redact_json(hints, pattern))
        )
        found.append(row.id)
    return found


def _holds(row: Any, pattern: re.Pattern[str]) -> bool:
    if pattern.search(" ".join(part for part in (row.title, row.text) if part)):
        return True
    # bytes of any charset: what is ASCII in the words is the same in most of them; UTF-16 is tried too
    raw = unpack(row.packing, row.body)
    return any(pattern.search(raw.decode(charset, "ignore")) for charset in ("utf-8", "utf-16-le", "latin-1"))
