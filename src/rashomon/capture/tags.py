"""Start and end tags of a page, found as the HTML tokenizer finds them, in time that grows with the page alone.

In: decoded HTML. Out: its tags; markup whose elements have few attributes. Never: a tree, nor a tag out of a comment, a
script, a style or a title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rashomon.errors import CaptureError

_NEXT = re.compile(r"<(?:!--|/?[a-zA-Z])")
_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE}?+)?+"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:{_ATTRIBUTE})*+[\s/]*+)>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSES_ITSELF = frozenset(["p", "li", "td", "tr", "th", "dt", "dd", "option", "thead", "tbody"])
_MAX_ELEMENTS = 150_000
_MAX_ATTRIBUTES = 60
"""libxml2 compares every attribute of an element with all others: beyond this an element loses its attributes."""
_MAX_TAG_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at `[start_char, end_char)` of the markup; `attributes` is what stands between its name and its end."""

    name: str
    is_end: bool
    start_char: int
    end_char: int
    attributes: str


def iter_tags(markup: str) -> Iterator[Tag]:
    """All tags in order; where one never ends, the page ends before it.

    >>> [t.name for t in iter_tags("<p title='a > b'>x<!-- <b> --></p><script>'<i>'</script>")]
    ['p', 'p', 'script', 'script']
    """
    at = 0
    while found := _NEXT.search(markup, at):
        if found[0] == "<!--":
            at = markup.find("-->", found.start() + 2) + 3
            if at < 3:
                return
            continue
        m = _TAG.match(markup, found.start())
        if m is None:
            return
        name, at = m["name"].lower(), m.end()
        yield Tag(name, bool(m["end"]), m.start(), at, m["rest"])
        if name in _RAW and not m["end"]:
            close = _RAW[name].search(markup, at)
            if close is None:
                return
            at = close.start()


def bound_markup(markup: str, source: str, max_nesting: int) -> str:
    """The markup, without the attributes of elements that have too many and without a tag that never ends; raises
    CaptureError `nested_too_deep`, or `too_large` for too many elements.
    """
    parts: list[str] = []
    done = last = 0
    opened: list[str] = []
    counts: dict[str, int] = {}
    for number, tag in enumerate(iter_tags(markup)):
        if number > 2 * _MAX_ELEMENTS:
            raise CaptureError("too_large", f"more than {_MAX_ELEMENTS} elements", source=source)
        if tag.is_end:
            _close(tag.name, opened, counts)
        elif tag.name not in _VOID:
            if opened and opened[-1] == tag.name and tag.name in _CLOSES_ITSELF:
                counts[opened.pop()] -= 1
            opened.append(tag.name)
            counts[tag.name] = counts.get(tag.name, 0) + 1
            if len(opened) > max_nesting:
                raise CaptureError(
                    "nested_too_deep", f"more than {max_nesting} elements within each other", source=source
                )
        if _is_overloaded(tag):
            kept = ' type="application/ld+json"' if tag.name == "script" and "ld+json" in tag.attributes[:200] else ""
            parts += [markup[done : tag.start_char], f"<{'/' * tag.is_end}{tag.name}{kept}>"]
            done = tag.end_char
        last = tag.end_char
    rest = _NEXT.search(markup, last)
    cut = rest.start() if rest and rest[0] != "<!--" and not (opened and opened[-1] in _RAW) else len(markup)
    return "".join([*parts, markup[done:cut]])


def _close(name: str, opened: list[str], counts: dict[str, int]) -> None:
    """An end tag closes all that is open within its element; one without a start tag closes nothing."""
    if not counts.get(name):
        return
    while True:
        inner = opened.pop()
        counts[inner] -= 1
        if inner == name:
            return


def _is_overloaded(tag: Tag) -> bool:
    if len(tag.attributes) < 2 * _MAX_ATTRIBUTES:
        return False
    if len(tag.attributes) > _MAX_TAG_CHARS:
        return True
    return sum(1 for _ in _ATTRIBUTES.finditer(tag.attributes)) > _MAX_ATTRIBUTES
