"""Markup to a tree that cannot hurt: bounded in depth, elements and attributes, without scripts.

In: decoded HTML. Out: an lxml tree, and how much text and links each of its elements holds.
Never: a script's or style's words (JSON-LD is kept for the metadata), nor a tree too deep or too large to walk.
"""

import itertools
import re
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from rashomon.capture.tags import bound_markup
from rashomon.errors import CaptureError

INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
     "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
     "tt", "u", "var", "wbr"]
)  # fmt: skip
_MAX_INNER = 5000
_DROPPED = ("style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio", "video")
_TITLING = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "dt"])
_SPACES = re.compile(r"[ \t\f\v]{32,}|(?:[ \t\f\v]*\r?\n){8,}")


def parse_markup(markup: str, source: str, max_nesting: int) -> HtmlElement:
    """The tree of a page; raises CaptureError `nested_too_deep`, `too_large` (elements) or `no_text` (no markup)."""
    markup = bound_markup(_SPACES.sub("\n", markup), source, max_nesting)
    # libxml2's own limits drop text without a word (beyond 256 levels, or 10 MB); ours are checked above
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CaptureError("no_text", str(error), source=source) from error
    _check_depth(tree, source, max_nesting)
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            node.tag = "style"
    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    return tree


def _check_depth(tree: HtmlElement, source: str, max_nesting: int) -> None:
    """What the tags promise may not be what the parser makes of them: the tree itself is measured."""
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > max_nesting:
            raise CaptureError("nested_too_deep", f"more than {max_nesting} elements within each other", source=source)


def words_of(node: HtmlElement) -> str:
    """A node's text on one line, with a space between blocks."""
    if all(inner.tag in INLINE for inner in itertools.islice(node.iterdescendants(), _MAX_INNER)):
        return " ".join("".join(node.itertext()).split())
    parts: list[str] = []
    for event, inner in etree.iterwalk(node, events=("start", "end")):
        if inner.tag not in INLINE:
            parts.append(" ")
        text = inner.text if event == "start" else inner.tail if inner is not node else None
        parts.append(text or "")
    return " ".join("".join(parts).split())


@dataclass(slots=True)
class Measure:
    """Characters of text in an element, those of them within links, and how many links read like a title."""

    chars: int = 0
    linked: int = 0
    titles: int = 0


def measure_tree(tree: HtmlElement) -> dict[HtmlElement, Measure]:
    """The measure of every element, in one pass from the leaves up."""
    measures: dict[HtmlElement, Measure] = {}
    nodes = [n for n in tree.iter() if isinstance(n.tag, str)]
    for node in reversed(nodes):
        own = Measure(_length(node.text))
        for child in node:
            inner = measures.get(child)
            if inner is not None:
                own.chars += inner.chars
                own.linked += inner.linked
                own.titles += inner.titles
            own.chars += _length(child.tail)
        if node.tag == "a":
            own.linked = own.chars
            own.titles = int(own.chars >= 8 and (_is_headed(node) or len(words_of(node).split()) >= 3))
        elif node.tag == "script":
            own = Measure()
        measures[node] = own
    return measures


def _is_headed(link: HtmlElement) -> bool:
    """Whether a link is set as a title: in a heading or in bold, or with one in it."""
    parent = link.getparent()
    return (parent is not None and parent.tag in _TITLING) or any(child.tag in _TITLING for child in link[:2])


def _length(text: str | None) -> int:
    return len(" ".join(text.split())) if text else 0
