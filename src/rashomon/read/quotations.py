"""Direct speech after a colon: who speaks, in which words it is announced, to whom, and what stands in the marks.

In: a text, and the spans in it that may name a speaker. Out: `Speech`es.
Never: a speaker who is named nowhere before the colon; a sign, a headline or a law that "says" something.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.spans import Span, take_span

_PAIRS = {"“": "”", "«": "»", '"': '"', "„": "“"}
_OPENED = re.compile(r":\s{0,2}([“«„\"])(?=\S)")
_LONGEST = 900
"""Characters of the longest quotation that is taken."""
_LEAST_WORDS = 3
_CLAUSE = 300
"""Characters before a colon in which its speaker is looked for."""
_BREAK = re.compile(r"^|[.!?][”\"»)]?\s|\n\n|[;”»]\s")
_PRONOUN = re.compile(r"\b(?:he|she|they|we|i)\b", re.IGNORECASE)
_CUE = re.compile(r"[ ,]{1,2}((?:(?:also|later|then|once|had|has|have)\s+)*)([^.!?;:“”\"«»\n]{3,70})$")
_AUDIENCE = re.compile(
    r"\b(?:inside|within|among|amid|in front of)\s+((?:(?:the|his|her|their|our|its|own)\s+){0,2}(?:[\w’'-]+\s+){0,2}?"
    r"(?:organi[sz]ation|party|movement|group|ranks?|members?|supporters|followers|comrades|cadres|fighters|leadership|family|"
    r"delegates|reporters|journalists|allies|friends|officers|parliament|congress|assembly|council|cabinet|committee)),?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speech:
    """Direct speech: the speaker as the text names them, the words that announce it, what is said, and to whom."""

    source: Span
    cue: Span
    content: Span
    audience: Span | None


def find_speech(text: str, names: Iterable[Span]) -> list[Speech]:
    """Every quotation that a colon announces, whose clause has a pronoun or one of `names` as its subject.

    >>> found = find_speech('Among her own supporters she put it this way: "We lost it, and we lost it twice."', ())
    >>> [(s.source.text, s.cue.text, s.audience and s.audience.text, s.content.text) for s in found]
    [('she', 'put it this way', 'her own supporters', 'We lost it, and we lost it twice.')]
    """
    known = sorted(names, key=lambda s: s.start_char)
    found: list[Speech] = []
    for match in _OPENED.finditer(text):
        colon, first = match.start(), match.end()
        last = text.find(_PAIRS[match[1]], first, first + _LONGEST)
        inside = text[first:last] if last > first else ""
        if len(inside.split()) < _LEAST_WORDS or "\n\n" in inside:
            continue
        begins = _sentence_start(text, colon)
        speaker = _speaker(text, begins, colon, known)
        if speaker is None:
            continue
        said = _CUE.match(text, speaker.end_char, colon)
        if said is None:
            continue
        heard = _AUDIENCE.search(text, begins, speaker.start_char)
        audience = take_span(text, *heard.span(1)) if heard else None
        found.append(Speech(speaker, take_span(text, *said.span(2)), take_span(text, first, last), audience))
    return found


def _start(span: Span) -> int:
    return span.start_char


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of `at` begins: after the last full stop, quotation or paragraph break before it."""
    far = max(0, at - _CLAUSE)
    return far + max(m.end() for m in _BREAK.finditer(text[far:at]))


def _speaker(text: str, begins: int, colon: int, known: Sequence[Span]) -> Span | None:
    """The last subject before the colon: a pronoun, or a known name, whichever stands later."""
    pronouns = [take_span(text, *m.span()) for m in _PRONOUN.finditer(text, begins, colon)]
    near = known[bisect_left(known, begins, key=_start) : bisect_left(known, colon, key=_start)]
    named = [s for s in near if s.end_char < colon]
    held = [s for s in (*pronouns, *named) if _CUE.match(text, s.end_char, colon)]
    return max(held, key=lambda s: (s.end_char, -s.start_char), default=None)
