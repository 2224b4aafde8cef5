"""HTML pages: the article's paragraphs, and everything around it in sections of its own.

In: decoded HTML. Out: `HtmlPage`: paragraphs of the article, teasers, captions, comments, boilerplate, metadata.
Never: a script's or style's words, nor an entity's expansion beyond the characters it stands for.

trafilatura decides what the article is; what it loses inside the article's own element (list items, short paragraphs)
is put back, and what it takes from lists of other articles is taken out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from rashomon.capture.lists import TeaserList, find_teaser_lists
from rashomon.capture.metadata import Metadata, find_metadata
from rashomon.capture.wording import DRESSING
from rashomon.errors import CaptureError
from rashomon.records import PageHints

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_CLOSES_ITSELF = frozenset("p li td tr th dt dd option thead tbody".split())  # noqa: SIM905
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:\s[^<>]*?)?(/?)>")
_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "pre", "dd")
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|disqus|respond|replies)(?:$|[\s_-])", re.IGNORECASE)
_BOILER = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|cookie|consent|share|sharing|social|newsletter|subscribe|breadcrumbs?|banner|advert"
    r"|ads?|sponsor|promo|toolbar|pagination|tags?|login|signup|widget|sidebar|related|popular|trending|teasers?)(?:$|[\s_-]|bar|list)",
    re.IGNORECASE,
)
_MIN_ARTICLE_CHARS = 140


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the article; a list item has a `marker`."""

    text: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What stands on a page. `interrupted` holds, for each teaser list, after how many paragraphs of the article it
    stood.
    """

    paragraphs: tuple[Paragraph, ...]
    lists: tuple[TeaserList, ...]
    captions: tuple[str, ...]
    comments: tuple[str, ...]
    boilerplate: tuple[str, ...]
    metadata: Metadata
    interrupted: tuple[int, ...]


def check_nesting(markup: str, max_depth: int, source: str) -> None:
    """Raise CaptureError `nested_too_deep` where elements are open within each other beyond `max_depth`."""
    depth = 0
    for m in _TAG.finditer(markup):
        name = m[2].lower()
        if name in _VOID or name in _CLOSES_ITSELF or m[3]:
            continue
        depth = max(0, depth - 1) if m[1] else depth + 1
        if depth > max_depth:
            raise CaptureError("nested_too_deep", f"more than {max_depth} elements within each other", source=source)


def parse_html(markup: str, source: str) -> HtmlElement:
    """The tree, without scripts (JSON-LD excepted), styles and comments; raises CaptureError `no_text`."""
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CaptureError("no_text", str(error), source=source) from error
    for node in list(tree.iter("script", "style", "noscript", "template", "svg", "iframe", "object")):
        if not (node.tag == "script" and "ld+json" in (node.get("type") or "")) and node.getparent() is not None:
            node.drop_tree()
    return tree


def words_of(node: HtmlElement) -> str:
    """A node's text on one line."""
    return " ".join("".join(node.itertext()).split())


def blocks_of(node: HtmlElement) -> str:
    """A node's text on one line, with a space between its elements."""
    return " ".join(" ".join(node.itertext()).split())


def read_html(markup: str, url: str | None, hints: PageHints | None, source: str, max_nesting: int) -> HtmlPage:
    """Read one page; raises CaptureError for markup that cannot be parsed or is nested beyond reason."""
    check_nesting(markup, max_nesting, source)
    tree = parse_html(markup, source)
    metadata = find_metadata(tree, url, hints)
    for node in list(tree.iter("script")):
        node.drop_tree()
    lists = find_teaser_lists(tree)
    captions = tuple(w for n in tree.iter("figcaption") if (w := words_of(n)))
    comment_nodes = [n for n in tree.iter("div", "section", "ol", "ul", "aside") if _is_comments(n)]
    comments = tuple(w for n in _outermost(comment_nodes) if (w := blocks_of(n)))
    listed = {n for found in lists for n in found.nodes}
    out = {
        *listed,
        *comment_nodes,
        *tree.iter("figure", "figcaption", "nav", "footer", "form", "button", "select", "textarea"),
    }
    wanted = _extracted(tree)
    paragraphs, positions = _article(tree, wanted, out, metadata)
    if sum(len(p.text) for p in paragraphs) < _MIN_ARTICLE_CHARS and len(lists) > 0 and _mostly_links(tree):
        paragraphs, positions = [], []
    order = {node: i for i, node in enumerate(tree.iter())}
    interrupted = tuple(sum(order[p] < order[found.nodes[0]] for p in positions) for found in lists)
    boilers = [n for n in _boiler_nodes(tree, positions) if not listed & {n, *n.iterdescendants()}]
    boilerplate = tuple(dict.fromkeys(w for n in _outermost(boilers) if (w := blocks_of(n))))
    return HtmlPage(tuple(paragraphs), tuple(lists), captions, comments, boilerplate, metadata, interrupted)


def _is_comments(node: HtmlElement) -> bool:
    name = f"{node.get('id') or ''} {node.get('class') or ''}"
    return bool(_COMMENTS.search(name)) and node.find(".//article") is None


def _outermost(nodes: list[HtmlElement]) -> Iterator[HtmlElement]:
    inside = set(nodes)
    for node in nodes:
        if not any(up in inside for up in node.iterancestors()):
            yield node


def _extracted(tree: HtmlElement) -> list[str]:
    """What trafilatura takes for the main text, paragraph by paragraph."""
    markup = etree.tostring(tree, encoding="unicode", method="html")
    text = trafilatura.extract(
        markup,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        favor_recall=False,
        deduplicate=False,
    )
    return [" ".join(line.lstrip("-•* ").split()) for line in (text or "").split("\n") if line.strip()]


def _fold(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())


def _article(
    tree: HtmlElement, wanted: list[str], out: set[HtmlElement], metadata: Metadata
) -> tuple[list[Paragraph], list[HtmlElement]]:
    """The article's paragraphs in the page's order, and their nodes."""
    folded = [f for w in wanted if len(f := _fold(w)) > 8]
    held = "\n".join(folded)
    nodes = [n for n in _leaves(tree) if not any(up in out for up in (n, *n.iterancestors()))]
    chosen = {n for n in nodes if (f := _fold(words_of(n))) and (f in held if len(f) > 12 else f in folded)}
    home = _home(chosen)
    title = _fold(metadata.title or "")
    paragraphs, kept = [], []
    for node in nodes:
        words = words_of(node)
        fold = _fold(words)
        if not fold or fold == title or (node.tag == "h1"):
            continue
        inside = home is not None and home in node.iterancestors()
        if node not in chosen and not (inside and _is_prose(node, words)):
            continue
        if _is_dressing(words, metadata):
            continue
        marker = _marker(node)
        paragraphs.append(Paragraph(words, marker))
        kept.append(node)
    if not paragraphs and folded:
        return [Paragraph(w) for w in wanted], []
    return paragraphs, kept


def _leaves(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Block elements that hold text themselves; `div`s and cells only where no block stands within them."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag in _BLOCKS:
            if not any(True for _ in node.iterdescendants(*_BLOCKS)) or (
                node.tag in ("blockquote", "li", "dd")
                and (node.text or "").strip()
                and not any(True for _ in node.iterdescendants("p"))
            ):
                yield node
        elif node.tag in ("div", "td", "section", "article", "span", "font", "center") and not any(
            True for _ in node.iterdescendants(*_BLOCKS, "div", "table", "section", "article", "ul", "ol")
        ):
            if node.tag in ("span", "font") and any(up.tag in (*_BLOCKS, "div", "td") for up in node.iterancestors()):
                continue
            if words_of(node):
                yield node


def _home(chosen: set[HtmlElement]) -> HtmlElement | None:
    """The smallest element that holds most of the chosen paragraphs' text."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for node in chosen:
        size = len(words_of(node))
        total += size
        for up in node.iterancestors():
            weights[up] = weights.get(up, 0) + size
    good = [n for n, w in weights.items() if w >= 0.75 * total and n.tag not in ("body", "html")]
    return max(good, key=lambda n: sum(1 for _ in n.iterancestors()), default=None)


def _is_prose(node: HtmlElement, words: str) -> bool:
    """Whether a paragraph that was left out belongs to the article: words, few of them links, nothing of a menu."""
    linked = sum(len(words_of(a)) for a in node.iter("a"))
    fewest = 2 if re.search(r"[.!?;:]\W*$", words) else 4
    if len(words.split()) < (fewest if node.tag in ("li", "p") else 8) or linked > 0.5 * len(words):
        return False
    return not any(
        up.tag in ("nav", "aside", "footer", "header", "form")
        or _BOILER.search(f"{up.get('class') or ''} {up.get('id') or ''}")
        for up in (node, *node.iterancestors())
        if up.tag not in ("body", "html")
    )


def _is_dressing(words: str, metadata: Metadata) -> bool:
    """Lines that belong to the page rather than to the account: byline, date, share and copyright lines."""
    if len(words) <= 200 and DRESSING.match(words):
        return True
    byline = metadata.byline or ""
    return (
        bool(byline)
        and len(words) <= len(byline) + 60
        and _fold(byline) in _fold(words)
        and not re.search(r"[.!?]\s*$", words)
    )


def _marker(node: HtmlElement) -> str:
    """A list item's marker as a browser shows it."""
    if node.tag != "li":
        up = next((a for a in node.iterancestors() if a.tag in ("li", "ul", "ol")), None)
        if up is None or up.tag != "li" or next((n for n in up.iter("p")), None) is not node:
            return ""
        node = up
    parent = node.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    place = 1 + sum(1 for n in node.itersiblings("li", preceding=True))
    kind = parent.get("type") or "1"
    return {"a": f"{chr(96 + min(place, 26))}.", "A": f"{chr(96 + min(place, 26))}."}.get(kind, f"{place}.")


def _mostly_links(tree: HtmlElement) -> bool:
    body = tree.find("body")
    total = len(words_of(body if body is not None else tree))
    return sum(len(words_of(a)) for a in tree.iter("a")) > 0.4 * max(1, total)


def _boiler_nodes(tree: HtmlElement, positions: list[HtmlElement]) -> list[HtmlElement]:
    article = {up for n in positions for up in (n, *n.iterancestors())}
    return [
        n
        for n in tree.iter("nav", "footer", "header", "aside", "div", "section", "ul", "form")
        if n not in article
        and (n.tag in ("nav", "footer", "form") or _BOILER.search(f"{n.get('class') or ''} {n.get('id') or ''}"))
    ]
