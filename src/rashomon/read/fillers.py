"""Fillers: the spans of a role in one telling, coreferent ones together, as records.

In: evidence and the indexes of one telling's spans. Out: the records of perpetrators, targets, instruments, places, ….
Never: resolving to a place, date or actor (the next stage does that).
"""

import re
from collections.abc import Sequence

import numpy as np

from rashomon.read.evidence import Evidence
from rashomon.read.grouping import group_by_average
from rashomon.read.heads import PAIR_HEADS, PLACE_LAYERS, SPAN_HEADS
from rashomon.read.odds import Floats
from rashomon.records import ActorFiller, CountFiller, InstrumentFiller, PlaceFiller, TargetFiller
from rashomon.spans import Span, take_span
from rashomon.vocabulary import HUMAN_KINDS, PHYSICAL_KINDS, PRONOUNS, SITE_KINDS

_HOLLOW = frozenset(("the", "a", "an", "of", "and", "for"))
_COREFERENT = PAIR_HEADS.index("coreferent")


def span_of(evidence: Evidence, index: int) -> Span:
    """A tagged span as a record's span."""
    s = evidence.spans[index]
    return take_span(evidence.text, s.start_char, s.end_char)


def best_label(
    evidence: Evidence,
    indexes: Sequence[int],
    head: str,
    allowed: Sequence[str] | None = None,
    usual: Floats | None = None,
) -> str:
    """The label of an exclusive head that the spans together make likeliest, among `allowed`; `usual` `(labels,)` is
    added to the logarithms of their probabilities.
    """
    names = SPAN_HEADS[head]
    logs = evidence.scores.logs[head]
    likely = logs[indexes[0]] if len(indexes) == 1 else logs[list(indexes)].mean(axis=0)
    if usual is not None:
        likely = likely + usual
    if allowed is None:
        return names[int(likely.argmax())]
    return max(allowed, key=lambda name: float(likely[names.index(name)]))


def coreferent_groups(evidence: Evidence, indexes: Sequence[int], threshold: float) -> list[list[int]]:
    """Indexes of spans of one role in groups that name the same thing.

    In each the surest comes first, pronouns last: where a role shows best, its holder is named best.
    """
    if len(indexes) < 2:
        return [list(indexes)] if indexes else []
    similar = evidence.pairs(indexes, indexes, _COREFERENT)
    similar = np.asarray((similar + similar.T) / 2, dtype=np.float32)
    words = [folded(span_of(evidence, i).text) for i in indexes]
    for a, wa in enumerate(words):
        for b in range(a):
            if wa == words[b]:
                similar[a, b] = similar[b, a] = 1.0
    # two names of places without a common word are two places; actors are called by many names
    of_places = evidence.spans[indexes[0]].layer in PLACE_LAYERS
    named = [_named_words(span_of(evidence, i).text) if of_places else frozenset() for i in indexes]
    apart = np.array([[bool(a and b) and a.isdisjoint(b) for b in named] for a in named], dtype=bool)
    groups = [[indexes[m] for m in g] for g in group_by_average(similar, threshold, apart)]
    return [sorted(g, key=lambda i: (_is_pronoun(evidence, i), -evidence.spans[i].score)) for g in groups]


def _named_words(words: str) -> frozenset[str]:
    """The words of a name, folded, if it is one throughout; none of "the army".

    >>> sorted(_named_words("the Red Sash Front")), sorted(_named_words("the town of Belu"))
    (['front', 'red', 'sash'], [])
    """
    held = [w for w in re.findall(r"\w[\w'’.-]*", words) if w.casefold() not in _HOLLOW]
    shouted = words.upper() == words
    return frozenset(w.casefold() for w in held) if all(w[0].isupper() for w in held) and not shouted else frozenset()


def folded(words: str) -> str:
    """Words without letter case, runs of white space and the article before them."""
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.casefold().split()))


def _is_pronoun(evidence: Evidence, index: int) -> bool:
    return span_of(evidence, index).text.casefold() in PRONOUNS


def _mentions(evidence: Evidence, group: Sequence[int]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span_of(evidence, i) for i in group))


def actor_filler(evidence: Evidence, group: Sequence[int], score: float) -> ActorFiller:
    """A perpetrator or beneficiary."""
    layers = {evidence.spans[i].layer for i in group}
    forms = ("organisation",) if layers == {"perp_org"} else ("person", "group") if layers == {"perp_actor"} else None
    return ActorFiller(
        span_of(evidence, group[0]),
        best_label(evidence, group, "form", forms),
        score,
        best_label(evidence, group, "side"),
        _mentions(evidence, group),
    )


def target_filler(evidence: Evidence, group: Sequence[int], score: float, usual: Floats) -> TargetFiller:
    """A target; its kind is human or physical as its layer says. `usual`: of effects, see `best_label`."""
    human = evidence.spans[group[0]].layer == "target_human"
    kind = best_label(evidence, group, "target_kind", HUMAN_KINDS if human else PHYSICAL_KINDS)
    effect = best_label(evidence, group, "effect", usual=usual)
    return TargetFiller(span_of(evidence, group[0]), kind, score, effect, _mentions(evidence, group))


def instrument_filler(evidence: Evidence, group: Sequence[int], score: float) -> InstrumentFiller:
    """An instrument."""
    kind = best_label(evidence, group, "instrument_kind")
    return InstrumentFiller(span_of(evidence, group[0]), kind, score, _mentions(evidence, group))


def place_filler(evidence: Evidence, group: Sequence[int], score: float) -> PlaceFiller:
    """A place by its name, not yet resolved; its kind is of a place within a place or not, as its layer says."""
    within = evidence.spans[group[0]].layer == "site"
    kind = best_label(evidence, group, "place_kind", SITE_KINDS if within else None)
    return PlaceFiller(span_of(evidence, group[0]), kind, score, _mentions(evidence, group))


def count_filler(evidence: Evidence, index: int, score: float, usual: Floats) -> CountFiller:
    """A count; its number is resolved later. `usual`: of effects, see `best_label`."""
    return CountFiller(span_of(evidence, index), score, best_label(evidence, [index], "effect", usual=usual))
