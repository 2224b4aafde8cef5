"""Which telling of today a judged one is, and what a judgement then says.

In: where a telling stood when it was judged; the tellings of its page now. Out: the same telling; judgements with
its id.
Never: a guess: a telling with which nothing of today shares a place on its page has none.

A newer reader may cut a telling another way or give it another type: then its id is another one. It is the same
telling if one of its anchors stands on one of the old ones, or if it shares a type and half of its words. Where capture
moved the article's words, the place moves with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from rashomon.records import Judgement
from rashomon.store.standing import SplitTellings

SHARED_WORDS = 0.5
"""A telling without a shared anchor needs this share (of the characters of both) in common."""

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JudgedTelling:
    """A telling as it was read when it was judged: `telling` is its id, `words` what stood at its span."""

    telling: str
    page: str
    sha256: str
    start_char: int
    end_char: int
    words: str
    anchors: tuple[Range, ...]
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellingNow:
    """A telling that is read now."""

    id: str
    whole: Range
    anchors: tuple[Range, ...]
    types: frozenset[str]


def judged_ids(judgement: Judgement) -> tuple[str, ...]:
    """The ids of all tellings that a judgement speaks of."""
    ids = [judgement.about, judgement.other or ""]
    if judgement.verdict == "merged" and judgement.value:
        ids += msgspec.json.decode(judgement.value, type=tuple[str, ...])
    elif judgement.verdict == "split" and judgement.value:
        parts = msgspec.json.decode(judgement.value, type=SplitTellings)
        ids += [*parts.out, *parts.rest]
    return tuple(dict.fromkeys(i for i in ids if i))


def carry_judgements(judgements: Iterable[Judgement], carried: Mapping[str, str | None]) -> list[Judgement]:
    """The judgements with the ids of today's tellings; one about a telling that is not read any more is left out."""
    return [now for j in judgements if (now := _carry(j, carried)) is not None]


def _carry(judgement: Judgement, carried: Mapping[str, str | None]) -> Judgement | None:
    about = carried.get(judgement.about, judgement.about)
    other = carried.get(judgement.other, judgement.other) if judgement.other else None
    if about is None or (judgement.other and other is None):
        # of a group, what is left of it still holds
        if judgement.verdict not in ("merged", "split"):
            return None
        about, other = about or judgement.about, other or judgement.other
    value = judgement.value
    if judgement.verdict == "merged" and value:
        held = _carry_ids(msgspec.json.decode(value, type=tuple[str, ...]), carried)
        if len(held) < 2:
            return None
        value = msgspec.json.encode(held).decode()
    elif judgement.verdict == "split" and value:
        parts = msgspec.json.decode(value, type=SplitTellings)
        parts = SplitTellings(_carry_ids(parts.out, carried), _carry_ids(parts.rest, carried))
        if not parts.out or not parts.rest:
            return None
        value = msgspec.json.encode(parts).decode()
    return replace(judgement, about=about, other=other, value=value)


def _carry_ids(ids: Iterable[str], carried: Mapping[str, str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(now for i in ids if (now := carried.get(i, i)) is not None))


def find_now(judged: JudgedTelling, text: str, now: Sequence[TellingNow]) -> str | None:
    """The id of the one that it is among the tellings of its page, whose article has this text; None if of none."""
    if any(n.id == judged.telling for n in now):
        return judged.telling
    shift = _find_shift(judged, text)
    if shift is None:
        return None
    whole = (judged.start_char + shift, judged.end_char + shift)
    anchors = [(s + shift, e + shift) for s, e in judged.anchors]
    ranked = []
    for n in now:
        shared = sum(any(_overlap(a, b) for b in n.anchors) for a in anchors)
        types = len(n.types & set(judged.types))
        both = _overlap(whole, n.whole)
        words = both / max(1, whole[1] - whole[0] + n.whole[1] - n.whole[0] - both)
        if shared or (types and words >= SHARED_WORDS):
            ranked.append(((shared, types, words), n.id))
    return max(ranked, key=lambda r: (r[0], r[1]))[1] if ranked else None


def _find_shift(judged: JudgedTelling, text: str) -> int | None:
    """How far the article's words moved since; None if they are not there any more."""
    if text[judged.start_char : judged.end_char] == judged.words:
        return 0
    found, at = [], text.find(judged.words) if judged.words else -1
    while at >= 0:
        found.append(at - judged.start_char)
        at = text.find(judged.words, at + 1)
    return min(found, key=abs, default=None)


def _overlap(a: Range, b: Range) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
