"""The aligned difference of two passages, word by word, as typed edits.

In: two texts. Out: `Edit`s in the order of the first text, in the words' own spelling. Never: differences of case or
punctuation alone.
"""

import re

from rapidfuzz.distance import Levenshtein

from rashomon.records import Edit

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_NEGATIONS = frozenset({"not", "no", "never", "none", "nobody", "without", "neither", "nor", "denied", "cannot"})
_ATTRIBUTION = frozenset(
    {
        "said",
        "says",
        "according",
        "reported",
        "reportedly",
        "claimed",
        "claims",
        "alleged",
        "allegedly",
        "stated",
        "told",
    }
)
_NUMBER = re.compile(
    r"^(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozens?|scores|hundreds|thousands)$"
)


def _spans(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in _WORD.finditer(text)]


def align_words(a: str, b: str) -> tuple[Edit, ...]:
    """The edits that turn `a` into `b` (Levenshtein alignment over case-folded words).

    >>> align_words("Units were found and exterminated.", "Units were found and destroyed, including:")
    (Edit(kind='replaced', a='exterminated', b='destroyed including'),)
    >>> align_words("Police said nine people died.", "Police said ten people died.")
    (Edit(kind='number_changed', a='nine', b='ten'),)
    """
    left, right = _spans(a), _spans(b)
    words_a = [a[s:e].casefold().replace("’", "'") for s, e in left]
    words_b = [b[s:e].casefold().replace("’", "'") for s, e in right]
    edits: list[Edit] = []
    run_a: list[int] = []
    run_b: list[int] = []

    def close() -> None:
        if run_a or run_b:
            edits.append(
                _edit(
                    [words_a[i] for i in run_a],
                    [words_b[i] for i in run_b],
                    _join(a, left, run_a),
                    _join(b, right, run_b),
                )
            )
            run_a.clear()
            run_b.clear()

    for code in Levenshtein.opcodes(words_a, words_b):
        if code.tag == "equal":
            close()
        else:
            run_a += range(code.src_start, code.src_end)
            run_b += range(code.dest_start, code.dest_end)
    close()
    return tuple(edits)


def turn_edit(edit: Edit) -> Edit:
    """The same difference from the other side: what was dropped is inserted.

    >>> turn_edit(Edit("inserted", "", "police said"))
    Edit(kind='attribution_dropped', a='police said', b='')
    """
    left, right = ([w.casefold().replace("’", "'") for w in _WORD.findall(words)] for words in (edit.b, edit.a))
    return _edit(left, right, edit.b, edit.a)


def _join(text: str, spans: list[tuple[int, int]], run: list[int]) -> str:
    return " ".join(text[s:e] for s, e in (spans[i] for i in run))


def _negates(word: str) -> bool:
    return word in _NEGATIONS or word.endswith("n't")


def _edit(a: list[str], b: list[str], text_a: str, text_b: str) -> Edit:
    numbers_a, numbers_b = ({w for w in words if _NUMBER.match(w)} for words in (a, b))
    if any(map(_negates, a)) != any(map(_negates, b)):
        kind = "negated"
    elif numbers_a and numbers_b and numbers_a != numbers_b:
        kind = "number_changed"
    elif set(a) & _ATTRIBUTION and not set(b) & _ATTRIBUTION:
        kind = "attribution_dropped"
    else:
        kind = "replaced" if a and b else "dropped" if a else "inserted"
    return Edit(kind, text_a, text_b)
