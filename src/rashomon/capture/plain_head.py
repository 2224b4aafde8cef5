"""What stands above an article in plain text: its title, lines of byline and date, perhaps the outlet's name.

In: blocks, and which of them are article. Out: `PlainHead`. Never: a line that belongs to the account.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.capture.head_lines import LABELLED
from rashomon.capture.plain_blocks import Block

_LOOKED_AT = 8
_MAX_HEAD_WORDS = 25
_URL_LINE = re.compile(
    r"^\W{0,2}(?:(?:url|link|source|retrieved\s+from)\s*:\s*)?(?P<url>https?://\S{4,1000}?)\W?$", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\W*(?:copyright\W*)?(?:by\s+)?(?:(?:19|20)\d{2}(?:\s*[-–]\s*(?:(?:19|20)\d{2}|present))?\W*)"
    r"(?:by\s+)?(?P<name>[A-Z][\w'’&.-]*(?:\s+(?:of|the|for|and|[A-Z&][\w'’&.-]*)){0,5}?)(?=\s*(?:[|.,–—-]|all\b|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlainHead:
    """Numbers of blocks: the title's (-1: none), those of head lines, those above the title that are no article; and
    the outlet with how it was found; a URL that stands alone.
    """

    title: int = -1
    heads: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    outlet: str | None = None
    outlet_found: str | None = None
    url: str | None = None


def find_head(blocks: Sequence[Block], kinds: Sequence[str]) -> PlainHead:
    """The head of a page; without one where nothing would be left of the article."""
    own = [i for i, kind in enumerate(kinds) if kind == "article"]
    title, heads, above = -1, [], []
    outlet, found = _labelled_outlet(blocks[: 3 * _LOOKED_AT]) or (None, None)
    url = _find_url(blocks)
    for place, i in enumerate(own[:_LOOKED_AT]):
        block = blocks[i]
        if block.is_head or is_by(block) or (i and is_by(blocks[i - 1])):
            heads.append(i)
        elif block.role in ("title", "list_name") and title < 0:
            following = own[place + 1 : place + 3]
            if block.words <= 5 and _is_masthead(blocks, following):
                above.append(i)
                continue
            if block.words < 2:
                break
            title = i
        elif block.role == "title" and title >= 0 and len(above) < 1 and not heads and _is_short_kicker(blocks[title]):
            above.append(title)
            title = i
        else:
            break
    if not set(own) - {title, *heads, *above}:
        return PlainHead(outlet=outlet, outlet_found=found, url=url)
    if outlet is None and above and heads and above[0] < heads[0] < title:
        outlet, found = blocks[above[0]].text, "first line"
    if outlet is None:
        outlet, found = _copyright_outlet(blocks) or (None, None)
    labelled = next((i for i in heads if _label(blocks[i]) in ("headline", "title")), -1)
    return PlainHead(labelled if labelled >= 0 and title < 0 else title, tuple(heads), tuple(above), outlet, found, url)


def is_by(block: Block) -> bool:
    """Whether a line is the word "By" alone, with the name on the next."""
    return block.text.casefold().strip(" :") == "by"


def _find_url(blocks: Sequence[Block]) -> str | None:
    """A URL that stands alone, or behind a label, near the text's beginning or at its end."""
    for block in (*blocks[:_LOOKED_AT], *blocks[-2:]):
        if m := _URL_LINE.match(block.text):
            return m["url"]
    return None


def _is_masthead(blocks: Sequence[Block], following: Sequence[int]) -> bool:
    """Whether a date and then a title follow: what stands above them is the outlet's name."""
    return (
        len(following) == 2
        and blocks[following[0]].role == "stamp"
        and blocks[following[1]].role == "title"
        and blocks[following[1]].words >= 3
    )


def _is_short_kicker(block: Block) -> bool:
    return block.words <= 2


def _label(block: Block) -> str:
    m = LABELLED.match(block.text)
    return m["label"].casefold() if m else ""


def _labelled_outlet(blocks: Sequence[Block]) -> tuple[str, str] | None:
    for block in blocks:
        m = LABELLED.match(block.text) if block.words <= _MAX_HEAD_WORDS else None
        if m and m["label"].casefold() in ("publication", "source", "outlet", "newspaper") and "://" not in m["value"]:
            return m["value"], f"{m['label'].casefold()} line"
    return None


def _copyright_outlet(blocks: Sequence[Block]) -> tuple[str, str] | None:
    for block in reversed(blocks):
        if block.role == "notice" and (m := _COPYRIGHT.search(block.text)):
            return m["name"].strip(" .,"), "copyright line"
    return None
