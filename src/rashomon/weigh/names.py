"""Named perpetrators, and whether two tellings can both mean the same one.

In: the actors of a telling. Out: their names' telling words. Never: a pronoun as a name, or a common noun that has its
capital from the beginning of a sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rashomon.records import ActorFiller, Telling
from rashomon.spans import Span
from rashomon.vocabulary import PRONOUNS

_HOLLOW = frozenset(("the", "a", "an", "of", "so", "called"))
_INDEFINITE = frozenset(("a", "an", "another", "unknown", "unidentified"))
_STATE_AT_LARGE = frozenset(
    ("army", "authorities", "forces", "government", "junta", "military", "police", "regime", "security", "soldiers",
     "state", "troops")
)  # fmt: skip
"""Words for the state that name no body of it: whoever is told to be of the state may be meant."""
_BOUNDARY = re.compile(r"(?:^|[.!?:\n][\"”’)\]]?\s+[\"“‘(\[]?)$")


@dataclass(frozen=True, slots=True)
class Named:
    """One actor of one telling: the telling words of each form of its name; whether it is told to be of the state."""

    forms: frozenset[frozenset[str]]
    state: bool

    def may_be(self, other: "Named") -> bool:
        """Whether one name may say less of what the other says ("the Front", "the Salt Front"; "the regime")."""
        if self.state and other.state and (self.at_large or other.at_large):
            return True
        return any(x <= y or y <= x for x in self.forms for y in other.forms)

    @property
    def at_large(self) -> bool:
        """Whether every form speaks of the state without naming a body of it."""
        return all(form <= _STATE_AT_LARGE for form in self.forms)


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, folded.

    >>> sorted(telling_words("the so-called Salt Front"))
    ['front', 'salt']
    """
    return frozenset(re.findall(r"\w+", name.casefold())) - _HOLLOW


def is_named(actor: ActorFiller, telling: Telling) -> bool:
    """Whether a telling names this actor, rather than describing it ("gunmen") or pointing at it ("they")."""
    words = actor.span.text.split()
    if not words or words[0].casefold() in PRONOUNS | _INDEFINITE:
        return False
    if actor.kind == "organisation":
        return True
    capitals = _capitals(actor.span.text)
    return actor.actor is not None and bool(capitals) and (capitals != [0] or not _begins_sentence(actor.span, telling))


def _capitals(name: str) -> list[int]:
    """Which words of a name have a capital."""
    return [i for i, word in enumerate(name.split()) if word[:1].isupper()]


def _begins_sentence(span: Span, telling: Telling) -> bool:
    for held in (telling.span, *telling.passages):
        if held.start_char <= span.start_char < held.end_char:
            return bool(_BOUNDARY.search(held.text[: span.start_char - held.start_char]))
    return False


def names_of(actor: ActorFiller) -> Named:
    """The forms in which one telling names an actor; men of a body are named by the body's name as well."""
    texts = {actor.span.text, *(m.text for m in actor.mentions if _capitals(m.text))}
    if actor.kind != "organisation":
        texts |= {tail for t in texts if _capitals(tail := t.partition(" of ")[2])}
    forms = {f for f in map(telling_words, texts) if f and not f <= PRONOUNS}
    return Named(frozenset(forms), actor.side == "state")


def conflict(a: Mapping[str, Named], b: Mapping[str, Named]) -> bool:
    """Whether no actor (by its key) is in both, and no name of one may be a name of the other."""
    return a.keys().isdisjoint(b) and not any(x.may_be(y) for x in a.values() for y in b.values())
