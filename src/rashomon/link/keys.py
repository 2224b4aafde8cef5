"""Keys that bring candidates together: two tellings are compared if they share one.

In: the table `rows` of a database. Out: SQL that makes `tellings`, whose column `keys` holds each row's keys.
Never: a comparison, or a key so common that its pairs grow with the square of the tellings.

Keys are a rare name or word of the telling; two of its names together; a place, a day, a week or a rare word of the
article, each with a family of types; a week with a place or a name. A key that more tellings share than `cap` says
brings nobody together: the more it says, the more may share it. So a telling has a bounded number of candidates, and
an incident that is told very often is still held together by the keys that say most.
"""

from dataclasses import dataclass

from rashomon.link.words import FIRST_TIMES


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One kind of key: an SQL list of what is hashed, and how many tellings may share one."""

    name: str
    values: str
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


_FIRST = "coalesce(first_day, published_day - 7)"
_LAST = "coalesce(least(last_day, first_day + 31), published_day, first_day)"
_WEEKS = f"case when {_FIRST} is null then [] else generate_series({_FIRST} // 7, {_LAST} // 7 + 1) end"
_DAYS = "case when first_day is null then [] else [first_day // 3, (first_day + 1) // 3, (first_day + 2) // 3] end"
_NAMES = _rarest("names", 6, 4)
_TWO_NAMES = _list(f"list_filter({_NAMES}, lambda d: d > a)", "b", "hash(a, b)")

KINDS = (
    KeyKind("rare name", _list("list_filter(names, lambda c: (c & 15) >= 9)", "c", "hash(c)"), 300),
    KeyKind("rare word", _list("list_filter(words, lambda c: (c & 15) >= 12)", "c", "hash(c)"), 300),
    KeyKind("place and family", _each("places", "families"), 300),
    KeyKind("day and family", _each(_DAYS, "families"), 300),
    KeyKind("week and family", _each(_WEEKS, "families"), 300),
    KeyKind("word of the article", _each(_rarest("context", 48, 10), "families"), 100),
    KeyKind("two names", f"flatten({_list(_NAMES, 'a', _TWO_NAMES)})", 3000),
    KeyKind("week and place", _each(_WEEKS, "places"), 3000),
    KeyKind("week and name", _each(_WEEKS, _rarest("names", 3, 9)), 3000),
)  # fmt: skip
"""All kinds. What is hashed differs between them by its kind's number, so that no two kinds share a key."""


def keys_sql() -> list[str]:
    """Statements that make `tellings` of `rows`; a row's keys are those that at least one other row has."""
    parts = [
        f"select unique_id, hash({n}, unnest({kind.values}))::UBIGINT as key, {kind.cap} as cap from rows"  # noqa: S608
        for n, kind in enumerate(KINDS)
    ]
    return [
        f"create temp table keyed as select distinct unique_id, key, cap from ({' union all '.join(parts)})",  # noqa: S608
        "create temp table shared as select key from keyed group by key having count(*) between 2 and max(cap)",
        "create table tellings as select rows.*, coalesce(held.keys, []) as keys from rows left join "
        "(select unique_id, list(key order by key) as keys from keyed semi join shared using (key) group by unique_id) "
        "held using (unique_id) order by unique_id",
        "drop table keyed",
        "drop table shared",
    ]
