"""Who is who within one page: abbreviations in brackets, appositions, shortened names, and the user's own list.

In: an article and its reading. Out: `Alias`es with their reasons, and the reading with its actors' keys.
Never: two pages at once (see actors.py).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from rashomon.errors import SettingsError
from rashomon.records import ActorFiller, Alias, Article, Reading, Statement, TargetFiller
from rashomon.resolve.folding import fold_name
from rashomon.resolve.names import actor_key, core_name, has_name, is_abbreviation
from rashomon.spans import Span, take_span
from rashomon.vocabulary import HUMAN_KINDS

_BRACKET = re.compile(r"\s\(\s*(?:the )?[\"“']?([A-Z][\w.&’'/-]{1,11})[\"”']?\s*[),;]")
_KNOWN_AS = re.compile(
    r",?\s+(?:(?:better|also|otherwise|popularly|locally|widely) )?(?:known as|called|nicknamed|alias|a\.k\.a\.|aka|nom de guerre|whose real name is)\s+"  # noqa: E501
    r"(?:the )?[\"“‘']?((?:[A-Z][\w’'-]*)(?: (?:(?:al|el|bin|of|the) )?[A-Z][\w’'-]*){0,3})"
)
_PROPER = re.compile(r"(?:[A-Z][\w’'.-]*)(?: (?:(?:al|el|bin|ben|de|da|von|van) )?[A-Z][\w’'.-]*){0,3}$")
_OFFICE = re.compile(
    r"(?:(?:the|a|an|its|their|his|her) )?(?:[\w-]+ ){0,3}(?:head|leader|chief|chair(?:man|woman|person)?|president|"
    r"premier|minister|spokes(?:man|woman|person)|commander|secretary|director|governor|mayor|founder|deputy|envoy|"
    r"ambassador|judge|prosecutor|lawyer|advis[eo]r|coordinator|officer|bishop|imam|editor)\b(?!['’]s)",
    re.IGNORECASE,
)
"""A person's name, and words that say what office a person has."""
_LONG = re.compile(r"[\w’'.-]+")
_PERSON = ("person",)
_LONGEST_NAME = 12
"""Words of the longest name whose parts are looked for."""
_COMMON_PARTS = frozenset(
    """
    army navy air force forces armed security guard guards police government ministry minister council court parliament
    state states republic president national union united nations people peoples city province district north south east
    west northern southern eastern western central university hospital school bank church mosque and of the for
    """.split()  # noqa: SIM905  (read as prose)
)
"""Words that, alone, may as well stand for another organisation than the one whose name holds them."""
_CLOSES = (",", ".", ";", ")", "")
_GOES_ON = 400
"""Characters after a statement within which "he" or "she" said is its speaker going on."""


class AliasList:
    """The user's aliases: CSV with the columns `name` and `alias`, one alias a line."""

    def __init__(self, path: Path | None) -> None:
        self._names: dict[str, str] = {}
        if path is None:
            return
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                if {"name", "alias"} - set(rows.fieldnames or ()):
                    raise SettingsError("wrong_aliases", "the columns name and alias are needed", source=str(path))
                for row in rows:
                    if row["name"] and row["alias"]:
                        self._names[fold_name(core_name(row["alias"]))] = row["name"].strip()
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise SettingsError("unreadable_aliases", str(error), source=str(path)) from error

    def find(self, key: str) -> str | None:
        """The name that the user gives to this key."""
        return self._names.get(key)


def find_aliases(article: Article, reading: Reading) -> tuple[Alias, ...]:
    """Pairs of spans of one page that name one actor, each with its reason."""
    found: dict[tuple[str, str], Alias] = {}
    everywhere = _named_spans(reading)
    first: dict[str, tuple[Span, str]] = {}
    for span, kind in everywhere:
        first.setdefault(actor_key(span.text), (span, kind))
    spans = list(first.values())
    for alias in (
        *_in_text(article.text, spans),
        *_appositions(article.text, everywhere),
        *_shortened(spans),
        *_part_of_organisation(spans),
    ):
        found.setdefault((actor_key(alias.a.text), actor_key(alias.b.text)), alias)
    return tuple(found.values())


def _named_spans(reading: Reading) -> list[tuple[Span, str]]:
    """The spans of names, with their kinds, in the order of the text."""
    spans = [(m.span, m.kind) for m in reading.mentions if m.kind in ("person", "organisation")]
    for telling in reading.tellings:
        for actor in (*telling.perpetrators, *telling.beneficiaries):
            spans += [(s, actor.kind) for s in (actor.span, *actor.mentions)]
        for target in telling.targets:
            if target.kind in HUMAN_KINDS:
                spans += [(s, "person") for s in (target.span, *target.mentions)]
    spans += [(s.source, "") for s in reading.statements if s.source is not None]
    ordered = sorted(dict.fromkeys(spans), key=lambda x: (x[0].start_char, x[0].end_char))
    return [(span, kind) for span, kind in ordered if has_name(span.text)]


def _in_text(text: str, spans: list[tuple[Span, str]]) -> Iterator[Alias]:
    """What the text itself says: "Red Sash Front (RSF)", "Iro Tamas, known as the Heron"."""
    for match in _BRACKET.finditer(text):
        short = match[1].rstrip(".")
        words = [w.span() for w in _LONG.finditer(text, max(0, match.start() - 120), match.start())]
        # the long form starts at the latest word from which the letters fit
        for start, _ in reversed(words[-2 * len(short) - 4 :]):
            long = text[start : match.start()]
            if text[start].isupper() and is_abbreviation(short, long) and "\n" not in long and ". " not in long:
                bracket = take_span(text, match.start(1), match.start(1) + len(short))
                yield Alias(take_span(text, start, match.start()), bracket, "abbreviation", 0.95)
                break
    for span, _ in spans:
        after = _KNOWN_AS.match(text, span.end_char, span.end_char + 120)
        if after:
            yield Alias(span, take_span(text, *after.span(1)), "apposition", 0.9)


def _appositions(text: str, spans: list[tuple[Span, str]]) -> Iterator[Alias]:
    """The likes of "Iro Tamas, the head of the Front," and "the head of the Front, Iro Tamas,"."""
    people = dict.fromkeys(span for span, kind in spans if kind in (*_PERSON, ""))
    for one, other in pairwise(people):
        if text[one.end_char : other.start_char] != ", " or text[other.end_char : other.end_char + 1] not in _CLOSES:
            continue
        for name, office in ((one, other), (other, one)):
            if _PROPER.match(name.text) and _OFFICE.match(office.text) and not _PROPER.match(office.text):
                yield Alias(name, office, "apposition", 0.85)
                break


def _shortened(spans: list[tuple[Span, str]]) -> Iterator[Alias]:
    """The likes of "Tamas" for "Colonel Iro Tamas", where only one longer name ends or begins so."""
    longer: dict[str, list[Span]] = defaultdict(list)
    for span, kind in spans:
        words = core_name(span.text).split()
        if len(words) > 1 and (kind in _PERSON or (kind == "" and len(words) <= 4)):
            for word in {words[0], words[-1]}:
                longer[fold_name(word)].append(span)
    for span, kind in spans:
        words = core_name(span.text).split()
        if len(words) == 1 and kind in (*_PERSON, ""):
            whole = longer.get(fold_name(words[0]), [])
            if len(whole) == 1:
                yield Alias(whole[0], span, "shortened", 0.8)


def _part_of_organisation(spans: list[tuple[Span, str]]) -> Iterator[Alias]:
    """The likes of "the Front" or "the Salt Front" for "the Salt Front for Liberation", where its words stand in a row
    in the name of one organisation alone (or in shorter forms of that name). What every country has (its army, its
    ministry) is not taken for a part.
    """
    names = [
        (span, [w.casefold() for w in core_name(span.text).split()]) for span, kind in spans if kind not in _PERSON
    ]
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, (_, words) in enumerate(names):
        if len(words) <= _LONGEST_NAME:
            for a in range(len(words)):
                for b in range(a + 1, len(words) + 1):
                    if b - a < len(words):
                        holding[tuple(words[a:b])].append(n)
    for span, words in names:
        whole = holding.get(tuple(words), [])
        if whole and not _COMMON_PARTS.issuperset(words):
            longest = max(whole, key=lambda n: len(names[n][1]))
            if all(n == longest or longest in holding.get(tuple(names[n][1]), ()) for n in whole):
                yield Alias(names[longest][0], span, "shortened", 0.7)


def name_actors(reading: Reading, own: AliasList) -> Reading:
    """The reading with a key on every named actor, target and source; what is only described gets none."""
    canonical = _canonical(reading, own)

    def key(spans: tuple[Span, ...]) -> str | None:
        named = next((s for s in spans if has_name(s.text)), None)
        return canonical(actor_key(named.text)) if named is not None else None

    def actor(filler: ActorFiller) -> ActorFiller:
        return replace(filler, actor=key((filler.span, *filler.mentions)))

    def target(filler: TargetFiller) -> TargetFiller:
        return replace(filler, actor=key((filler.span, *filler.mentions))) if filler.kind in HUMAN_KINDS else filler

    tellings = tuple(
        replace(
            t, perpetrators=tuple(map(actor, t.perpetrators)), targets=tuple(map(target, t.targets)),
            beneficiaries=tuple(map(actor, t.beneficiaries)),
        )
        for t in reading.tellings
    )  # fmt: skip
    statements = (replace(s, source_actor=key((s.source,)) if s.source else None) for s in reading.statements)
    return replace(reading, tellings=tellings, statements=tuple(_who_goes_on(statements)))


def _who_goes_on(statements: Iterable[Statement]) -> Iterator[Statement]:
    """A statement by "he" or "she" is by the speaker named last, if that was not long before: pages go on quoting the
    same person so.
    """
    last: Statement | None = None
    for told in statements:
        s = told
        if last is not None and s.source is not None and s.source.text.casefold() in ("he", "she"):
            goes_on = 0 <= s.source.start_char - last.content.end_char <= _GOES_ON
            s = replace(s, source_actor=last.source_actor) if goes_on else s
        last = s if s.source_actor is not None else last
        yield s


def _canonical(reading: Reading, own: AliasList) -> Callable[[str], str | None]:
    """From a key to the key of the fullest name that the page's aliases lead to."""
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        while parent.get(key, key) != key:
            key = parent[key]
        return key

    for alias in reading.aliases:
        a, b = find(actor_key(alias.a.text)), find(actor_key(alias.b.text))
        if a != b:
            parent[b] = a

    def canonical(key: str) -> str | None:
        top = find(key)
        name = own.find(key) or own.find(top)
        return (fold_name(core_name(name)) if name else top) or None

    return canonical
