"""The language of a text.

In: text. Out: an ISO 639-1 code, or None where there are no words. Never: a guess from too little: short texts are
English unless their letters say otherwise.
"""

import re
import unicodedata
from typing import Any

from resiliparse.parse.lang import detect_fast

_SHORT = 120
_SURE = 900
"""Resiliparse's distance (0 to 1200, lower is surer): above it a text without foreign letters counts as English."""
_NEXT_BEST = 6
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in (
        ("en", "the of and to in a is that was for on it with as by at from this were are has had his they be not"),
        ("fr", "le la les des du de et un une est dans que qui pour sur pas au aux par ce cette ont sont avec il elle"),
        ("es", "el la los las de del y un una es en que por para con no al se lo su sus ha han fue como más este"),
        ("pt", "o a os as de do da dos das e um uma é em no na que por para com não ao se foi como mais seu sua"),
        ("it", "il lo la i gli le di del della dei e un una è in nel che per con non si al sono ha come più alla da"),
        ("de", "der die das den dem des und ein eine ist in im von zu mit auf für nicht sich auch als am wurde nach"),
        ("nl", "de het een en van in is dat op te voor met niet zijn aan die er ook als door bij naar werd om heeft"),
        ("sv", "och att det i en som är på av för med den till inte har ett om de var från"),
        ("id", "yang dan di dengan untuk dari pada ini itu dalam tidak akan oleh telah ke"),
    )
}


def find_language(text: str) -> str | None:
    """The language of `text`.

    >>> find_language("Two men were shot in the market on Monday, police said."), find_language("  12 ")
    ('en', None)
    """
    sample = " ".join(text.lstrip()[:20_000].split())
    letters = [c for c in sample if c.isalpha()][:400]
    if not letters:
        return None
    latin = sum("LATIN" in unicodedata.name(c, "") for c in letters) / len(letters) > 0.9
    found: Any = detect_fast(sample, cutoff=1200, n_results=_NEXT_BEST)
    guesses = [(str(name), int(far)) for name, far in found]
    language, distance = guesses[0] if guesses else ("unknown", 1200)
    if not latin:
        return None if language == "unknown" else language
    shares = _function_words(sample)
    if len(sample) < _SHORT or distance > _SURE or language == "unknown":
        return "en" if shares["en"] >= 0.1 or len(sample) < 40 or language == "unknown" else language
    if shares["en"] >= 0.18:
        return "en"  # names of other languages mislead the detector; English function words do not lie
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= 0.18 and best in [name for name, _ in guesses] else language


def _function_words(sample: str) -> dict[str, float]:
    """The share of the words that are each language's function words."""
    words = _WORD.findall(sample.casefold())
    return {name: sum(map(held.__contains__, words)) / max(1, len(words)) for name, held in _FUNCTION_WORDS.items()}
