"""Loaded words beside what other tellings say instead.

In: loaded words of pages; echoes; the tellings of one incident. Out: for a loaded word the counterpart that others use.
Never: a word that nobody tells; one that is loaded itself; a word of the same page.

Three contrasts, the closest first: the aligned words of a passage that echoes it; what other tellings of the incident
call who or what has the same role; the words with which they tell the same kind of act.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rashomon.records import Echo, LoadedWord, PagePassage, Telling
from rashomon.spans import Span
from rashomon.vocabulary import PRONOUNS

MOST_WORDS = 4
"""A longer counterpart is a rewording."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NOBODY = PRONOUNS | {"all", "nobody", "someone"}
_ARTICLES = frozenset({"the", "a", "an"})

Loaded = Mapping[str, Sequence[LoadedWord]]


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What others say instead of the loaded words at `start_char` of `page`."""

    page: str
    start_char: int
    end_char: int
    neutral: str


def contrast_echoes(echoes: Iterable[Echo], loaded: Loaded) -> list[Counterpart]:
    """The aligned words of passages that echo a passage with loaded words; of several the most frequent."""
    found: dict[tuple[str, Span], Counter[str]] = {}
    for echo in echoes:
        for mine, theirs, turned in ((echo.a, echo.b, False), (echo.b, echo.a, True)):
            for word in _within(mine, loaded) if mine.page != theirs.page else ():
                for edit in echo.differences:
                    a, b = (edit.b, edit.a) if turned else (edit.a, edit.b)
                    if _is_said_by(word.span.text, a) and _is_neutral(b, word, _within(theirs, loaded)):
                        found.setdefault((mine.page, word.span), Counter())[_bare(b)] += 1
    return [_choose(page, span, said) for (page, span), said in found.items()]


def contrast_tellings(tellings: Sequence[Telling], loaded: Loaded) -> list[Counterpart]:
    """What other tellings of the incident (of other pages) call the same role, or the same kind of act."""
    found = []
    for t in tellings:
        others = [o for o in tellings if o.page != t.page]
        for word in loaded.get(t.page, ()):
            said: Counter[str] = Counter()
            for words, page in _iter_alike(t, word.span, others):
                if _is_neutral(words, word, loaded.get(page, ())):
                    said[_bare(words)] += 1
            if said:
                found.append(_choose(t.page, word.span, said))
    return found


def _iter_alike(telling: Telling, span: Span, others: Sequence[Telling]) -> Iterator[tuple[str, str]]:
    """Words of the others for what stands at `span`, each with its page."""
    for role in ("perpetrators", "targets", "instruments"):
        kinds = {f.kind for f in getattr(telling, role) if any(_is_head(span, m) for m in (f.span, *f.mentions))}
        for other in others if kinds else ():
            yield from ((f.span.text, other.page) for f in getattr(other, role) if f.kind in kinds)
        if kinds:
            return
    if any(_is_said_by(span.text, anchor.text) for anchor in telling.anchors if _overlap(span, anchor)):
        for other in others:
            if other.types[:1] == telling.types[:1]:
                yield from ((anchor.text, other.page) for anchor in other.anchors)


def _choose(page: str, span: Span, said: Counter[str]) -> Counterpart:
    return Counterpart(page, span.start_char, span.end_char, min(said, key=lambda words: (-said[words], words)))


def _within(passage: PagePassage, loaded: Loaded) -> list[LoadedWord]:
    return [w for w in loaded.get(passage.page, ()) if _overlap(w.span, passage.span)]


def _overlap(a: Span, b: Span) -> bool:
    return a.start_char < b.end_char and b.start_char < a.end_char


def _is_head(span: Span, named: Span) -> bool:
    """Whether the words are what a filler is called: all of it, or its last word ("five cowardly bandits")."""
    said, head = _split(span.text), _split(named.text.partition(" of ")[0])
    return _overlap(span, named) and bool(said) and bool(head) and said[-1] == head[-1]


def _is_said_by(words: str, changed: str) -> bool:
    """Whether loaded words are (nearly) all that was changed."""
    mine, other = _split(words), _split(changed)
    return bool(mine) and set(mine) <= set(other) and len(other) <= len(mine) + 2


def _is_neutral(words: str, word: LoadedWord, loaded: Sequence[LoadedWord]) -> bool:
    said = _split(words)
    if not said or len(said) > MOST_WORDS or said == _split(word.span.text) or set(said) <= _NOBODY:
        return False
    return not any(set(_split(w.span.text)) & set(said) for w in (word, *loaded))


def _split(words: str) -> list[str]:
    return [w for w in _WORD.findall(words.casefold()) if w not in _ARTICLES]


def _bare(words: str) -> str:
    """Without an article before it.

    >>> _bare("the  gunmen")
    'gunmen'
    """
    said = words.split()
    return " ".join(said[1:] if len(said) > 1 and said[0].casefold() in _ARTICLES else said)
