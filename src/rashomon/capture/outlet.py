"""The title and the outlet of a page that states no outlet in its metadata: told apart by where else they stand.

In: a parsed page, its stated headlines, its URL. Out: the title; the outlet and how it was found.
Never: a name made of a section, a motto or another article's title.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_MARKS = r"\s*(?:[|:»›•·–—]|::|\s-|-\s)+\s*"
_HOME = re.compile(r"^\W*(?:home(?:\s*page)?|start(?:\s*page)?|front\s*page|main|index|back.*|logo)\W*$", re.IGNORECASE)
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
_MAX_WORDS = 6
_MAX_CHARS = 60
_MAX_LOOKED_AT = 60


def find_outlet(tree: HtmlElement, headlines: Sequence[str], url: str | None) -> tuple[str | None, str | None]:
    """The outlet: a heading that links home, what the `title` element says besides the headline, a link home, or the
    URL's host; and which of these it was.
    """
    links = list(_home_links(tree, url))
    for link in links:
        if any(up.tag == "h1" for up in itertools.islice(link.iterancestors(), 3)):
            return _words(link), "home link"
    whole = _title_element(tree)
    headings = [_words(h) for h in itertools.islice(tree.iter("h1", "h2", "h3"), 8)]
    heads = [headline for headline in (*headlines, *headings) if _besides(whole, headline)]
    rests = [_besides(whole, headline) for headline in heads]
    if rests:  # where the site's name is a heading as well, the headline is left over once
        known = {_words(link).casefold() for link in links}
        signed = _copyright_words(tree)
        sure = (
            r
            for r in (*rests, *filter(_is_name, heads))
            if r.casefold() in known or re.search(rf"\b{re.escape(r)}\b", signed, re.IGNORECASE)
        )
        return next(sure, rests[0]), "title element"
    others = {*headlines, *headings} - {whole, ""}
    if others and _is_name(whole) and whole not in (*headlines, *headings) and _stands_above(tree, whole):
        return whole, "title element"
    if links:
        return _words(links[0]), "home link"
    host = urlsplit(url).hostname if url else None
    return (host.removeprefix("www."), "url") if host else (None, None)


def find_title(tree: HtmlElement, headlines: Sequence[str], outlet: str | None) -> str | None:
    """The title: as stated, by the first heading that is not the outlet's name, or by the `title` element."""
    headings = (_words(h) for h in itertools.islice(tree.iter("h1"), 8))
    for found in (*headlines, *headings, _title_element(tree)):
        words = " ".join(found.split())
        if words and words.casefold() != (outlet or "").casefold():
            return _without_outlet(words, outlet)
    return outlet if outlet and outlet in headlines else None


def _words(node: HtmlElement) -> str:
    return " ".join("".join(itertools.islice(node.itertext(), 200)).split())[:1000]


def _title_element(tree: HtmlElement) -> str:
    node = tree.find(".//title")
    return _words(node) if node is not None else ""


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _MAX_WORDS and len(words) <= _MAX_CHARS and not words[0].islower()


def _home_links(tree: HtmlElement, url: str | None) -> Iterator[HtmlElement]:
    """Links near the page's beginning that lead to its site's root and are worded as a name."""
    host = urlsplit(url).hostname if url else None
    for link in itertools.islice(tree.iter("a"), _MAX_LOOKED_AT):
        href = (link.get("href") or "").strip()[:200]
        try:
            parts = urlsplit(href)
        except ValueError:
            continue
        headed = host is None and any(up.tag in ("h1", "h2") for up in itertools.islice(link.iterancestors(), 2))
        local = not parts.netloc or headed or (host is not None and parts.hostname == host)
        if href and local and parts.path in ("/", "./", "") and (parts.path or parts.netloc) and not parts.query:
            words = _words(link)
            if _is_name(words) and not _HOME.match(words):
                yield link


def _copyright_words(tree: HtmlElement) -> str:
    """The page's lines of copyright, near its end."""
    body = tree.find("body")
    texts = list(itertools.islice(body.itertext(), 20_000))[-_MAX_LOOKED_AT:] if body is not None else []
    return "\n".join(" ".join(t.split())[:200] for t in texts if _COPYRIGHT.search(t[:300]))


def _besides(whole: str, headline: str) -> str:
    """What the `title` element says before or after the headline, if that is worded as a name.

    >>> _besides("Two held - The Daily Wave", "Two held"), _besides("Two held", "Two held")
    ('The Daily Wave', '')
    """
    folded, head = whole.casefold(), " ".join(headline.split()).casefold()
    if not head or len(folded) != len(whole) or folded == head:
        return ""
    if folded.startswith(head) and (m := re.match(_MARKS, whole[len(head) :])):
        rest = whole[len(head) + m.end() :]
    elif folded.endswith(head) and (m := re.search(_MARKS + "$", whole[: -len(head)])):
        rest = whole[: m.start()]
    else:
        return ""
    rest = re.split(r"\s+[|»›•]\s+|\s+[–—-]\s+", rest)[-1 if folded.startswith(head) else 0].strip()
    return rest if _is_name(rest) else ""


def _stands_above(tree: HtmlElement, name: str) -> bool:
    """Whether the page's first words are this name."""
    body = tree.find("body")
    if body is None:
        return False
    bits = itertools.islice((b for t in body.itertext() if (b := " ".join(t.split()))), 8)
    return any(b.casefold() == name.casefold() for b in bits)


def _without_outlet(title: str, outlet: str | None) -> str:
    """The title without the outlet's name at its end or beginning.

    >>> _without_outlet("Two held | Wave", "Wave"), _without_outlet("Wave: Two held", "Wave")
    ('Two held', 'Two held')
    """
    if outlet:
        name = re.escape(outlet)
        found = re.match(rf"(?:{name}{_MARKS}(?P<tail>.+)|(?P<head>.+?){_MARKS}{name})$", title, re.IGNORECASE)
        return (found["tail"] or found["head"]) if found else title
    return title
