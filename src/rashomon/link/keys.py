"""Keys that bring candidates together: two tellings are compared if those they share say enough.

In: the table `rows` of a database. Out: SQL that makes `tellings`, whose rows are numbered by `place` in the order of
their ids, and `keyed`, the keys of each; SQL for the pairs of a range of tellings.
Never: a comparison, or a key so common that its pairs grow with the square of the tellings.

Keys are a rare name or word of the telling; two of its names together, or two of its targets'; a place, a day, a week
or a rare word of the article, each with a family of types; a week with a place or a name. A pair is compared if its
keys say `LEAST_BITS` together: one is enough that only as many tellings share as its kind's `alone` says, twice as
many share one that says a bit less. Of more tellings than `SMALL`, twice as many must say a bit more: two share more
by chance. A key that more than `cap` share brings nobody together. So a telling has a bounded number of candidates,
and an incident that is told very often is still held together by the many keys that its tellings share.
"""

import math
from dataclasses import dataclass

from rashomon.link.shared import SUMMED
from rashomon.link.words import FIRST_TIMES

LEAST_BITS, SMALL, GROWTH = 7.0, 4096, 1.0


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One kind of key: an SQL list of what is hashed, how many share one that is enough `alone`, how many at most."""

    name: str
    values: str
    alone: int
    cap: int


def _list(column: str, variable: str, body: str) -> str:
    return f"list_transform({column}, lambda {variable}: {body})"


def _each(first: str, second: str) -> str:
    """All pairs of a member of one list with a member of another, hashed."""
    return f"flatten({_list(first, 'a', _list(second, 'b', 'hash(a, b)'))})"


def _rarest(column: str, most: int, least: int) -> str:
    """The rarest words of a list of codes from a level on; codes of one level in their own order."""
    kept = f"list_filter({column}, lambda c: (c & 15) >= {least} and c < {FIRST_TIMES})"
    turned = f"list_transform({kept}, lambda c: ((15 - (c & 15)) << 52) | (c >> 4))"
    return f"list_sort({turned})[1:{most}]"


def _pairs(column: str) -> str:
    """All pairs of two members of a list, hashed."""
    return f"flatten({_list(column, 'a', _list(f'list_filter({column}, lambda d: d > a)', 'b', 'hash(a, b)'))})"


_FIRST = "coalesce(first_day, published_day - 7)"
_LAST = "coalesce(least(last_day, first_day + 31), published_day, first_day)"
_WEEKS = f"case when {_FIRST} is null then [] else generate_series({_FIRST} // 7, {_LAST} // 7 + 1) end"
_DAYS = "case when first_day is null then [] else [first_day // 3, (first_day + 1) // 3, (first_day + 2) // 3] end"
_NAMES, _TARGETS = _rarest("names", 6, 4), _rarest("targets", 6, 6)

KINDS = (
    KeyKind("rare name", _list("list_filter(names, lambda c: (c & 15) >= 9)", "c", "hash(c)"), 300, 300),
    KeyKind("rare word", _list("list_filter(words, lambda c: (c & 15) >= 12)", "c", "hash(c)"), 150, 150),
    KeyKind("place and family", _each("places", "families"), 300, 300),
    KeyKind("day and family", _each(_DAYS, "families"), 300, 300),
    KeyKind("week and family", _each(_WEEKS, "families"), 300, 300),
    KeyKind("word of the article", _each(_rarest("context", 48, 10), "families"), 100, 100),
    KeyKind("two names", _pairs(_NAMES), 300, 3000),
    KeyKind("two names of its targets", _pairs(_TARGETS), 300, 3000),
    KeyKind("week and place", _each(_WEEKS, "places"), 300, 3000),
    KeyKind("week and name", _each(_WEEKS, _rarest("names", 3, 9)), 300, 3000),
)  # fmt: skip
"""All kinds. What is hashed differs between them by its kind's number, so that no two kinds share a key."""


def keys_sql() -> list[str]:
    """Statements that make `tellings` and `keyed` of `rows`; a row's keys are those that at least one other row has."""
    parts = [
        f"select place, hash({n}, unnest({kind.values}))::UBIGINT as key, {kind.alone} as alone, "  # noqa: S608
        f"{kind.cap} as cap from numbered"
        for n, kind in enumerate(KINDS)
    ]
    lengths = ", ".join(f"len({name}) as {name}_count" for name in SUMMED)
    return [
        "create table numbered as select *, (row_number() over (order by unique_id) - 1)::INTEGER as place from rows",
        "drop table rows",
        f"create table every as select distinct place, key, alone, cap from ({' union all '.join(parts)})",  # noqa: S608
        f"create table shared as select key, greatest(0.0, {LEAST_BITS} + log2(max(alone) / count(*)))::FLOAT as bits "  # noqa: S608
        "from every group by key having count(*) between 2 and max(cap)",
        "create table keyed as select place, key, bits from every join shared using (key) order by place",
        "drop table every",
        "drop table shared",
        f"create table tellings as select * exclude ({', '.join(SUMMED)}), {lengths} from numbered order by place",  # noqa: S608
        "drop table numbered",
    ]


MEET = """
    select l.place as a, r.place as b from keyed l join keyed r on l.key = r.key and l.place < r.place
    where l.place >= $first and l.place < $last group by l.place, r.place having sum(l.bits) >= $least
"""
"""The pairs to be compared of which the first telling is in a range."""


def least_bits(count: int) -> float:
    """What the keys of a pair must say together where there are so many tellings.

    >>> least_bits(100), least_bits(1 << 20)
    (7.0, 15.0)
    """
    return LEAST_BITS + GROWTH * math.log2(max(1.0, count / SMALL))
