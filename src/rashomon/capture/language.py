"""The language of a text.

In: text. Out: an ISO 639-1 code, or None where there are no words. Never: a guess from too little: short texts are
English unless their letters say otherwise.
"""

import unicodedata

from resiliparse.parse.lang import detect_fast

_SHORT = 120
_SURE = 900
"""Resiliparse's distance (0 to 1200, lower is surer): above it a text without foreign letters counts as English."""


def find_language(text: str) -> str | None:
    """The language of `text`.

    >>> find_language("Two men were shot in the market on Monday, police said."), find_language("  12 ")
    ('en', None)
    """
    sample = " ".join(text[:20_000].split())
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters[:400]) / len(letters[:400])
    language, distance = detect_fast(sample, cutoff=1200)
    if latin > 0.9 and (len(sample) < _SHORT or (distance > _SURE and _has_english_words(sample))):
        return "en" if _has_english_words(sample) or len(sample) < 40 else str(language)
    if language == "unknown":
        return "en" if latin > 0.9 else None
    if language != "en" and latin > 0.9 and _has_english_words(sample, 0.18):
        return "en"  # names of other languages mislead the detector; English function words do not lie
    return str(language)


_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "was",
        "for",
        "on",
        "it",
        "with",
        "as",
        "by",
        "at",
        "from",
        "this",
        "were",
        "are",
        "has",
        "had",
        "his",
        "they",
        "their",
        "which",
        "be",
        "not",
        "an",
        "who",
        "have",
        "said",
        "after",
        "been",
        "but",
        "two",
        "will",
    ]
)


def _has_english_words(sample: str, share: float = 0.1) -> bool:
    words = [w.strip(".,;:!?\"'()[]").casefold() for w in sample.split()]
    return sum(w in _ENGLISH for w in words) >= share * max(1, len(words))
