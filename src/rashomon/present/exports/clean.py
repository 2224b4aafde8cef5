"""Words made safe for the formats of others; offsets into them stay.

In: any text that a page or a person wrote. Out: text that no spreadsheet runs, no parser stumbles over, no screen shows
in another order than it stands. Never: a text of another length, but for the mark before what looks like a formula.
"""

import re

REPLACED = "\ufffd"
MARK = "'"

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff\ufeff]")
"""Control characters, lone surrogates, what turns the direction of the words around, what XML cannot hold."""

_BREAKS = re.compile("[\t\r\n]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠|%]")


def clean(words: str) -> str:
    r"""The words without what is unsafe anywhere: each such code point becomes U+FFFD; other line breaks become \n.

    >>> clean("a\x00b\u202ec\ud800d\n"), len(clean("\ud800"))
    ('a\ufffdb\ufffdc\ufffdd\n', 1)
    """
    if words.isascii() and words.isprintable():
        return words
    return _UNSAFE.sub(REPLACED, words).replace("\u2028", "\n").replace("\u2029", "\n")


def clean_known(words: str | None) -> str | None:
    """The same of what may not be known."""
    return None if words is None else clean(words)


def cell(words: str) -> str:
    r"""The words for one cell of a spreadsheet: clean, on one line, never run as a formula.

    >>> cell("=HYPERLINK(1)"), cell("two\r\nlines"), cell("-5"), cell("a-b")
    ("'=HYPERLINK(1)", 'two  lines', "'-5", 'a-b')
    """
    found = _BREAKS.sub(" ", clean(words))
    return MARK + found if _FORMULA.match(found) else found


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web that a person can follow, with nothing unsafe in it.

    >>> web_address("javascript:alert(1)"), web_address("https://a.example/b"), web_address("/home/a.html")
    (None, 'https://a.example/b', None)
    """
    if url is None or not re.match(r"https?://[\w.\[\]:-]+(?:[/?#]|$)", url, re.IGNORECASE):
        return None
    return None if re.search(r"[\s<>\"\\^`{|}]", url) or clean(url) != url else url
