"""Teaser lists in plain text: a heading that stands alone, then short titles, each with at most a summary.

In: a text's blocks. Out: for any block, the list that it heads. Never: a list whose titles stand before whole
paragraphs of an article.

A run is taken for a teaser list if its heading is a name that such lists have, or if it is at least three pairs of
title and summary of which some break off.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rashomon.capture.wording import COMMENTS_NAME, LIST_NAME, is_cut
from rashomon.records import Teaser

_MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a line that stands alone, `[start_char, end_char)`; `is_short` if it reads like a title,
    `is_cut` if it breaks off.
    """

    start_char: int
    end_char: int
    text: str
    words: int
    is_short: bool
    is_cut: bool
    is_list_name: bool
    is_comments_name: bool


def make_block(start_char: int, text: str) -> Block:
    """A block of a text without white space at its edges."""
    words, cut, small = len(text.split()), is_cut(text), len(text) <= _MAX_CHARS
    stopped = text[-3:].rstrip("\"'”’)]»").endswith((".", ",", ";", ":"))
    short = small and words <= 22 and "\n" not in text and not re.match(r"\W*[-•*]\s", text)
    short = short and (not stopped or (cut and words <= 14))
    named, comments = (bool(small and p.match(text)) for p in (LIST_NAME, COMMENTS_NAME))
    return Block(start_char, start_char + len(text), text, words, short, cut, named, comments)


@dataclass(frozen=True, slots=True)
class TeaserRun:
    """The list that a block heads: its entries, and the number of the block after the last."""

    end: int
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """What follows from one block on: how many entries, with summaries, cut off, and where they end."""

    entries: int
    pairs: int
    cut: int
    end: int


class TeaserFinder:
    """Knows, for every block of a text, the run of entries that begins there (counted once, from the end)."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._strict = self._count(loose=False)
        self._loose = self._count(loose=True)

    def find(self, at: int) -> TeaserRun | None:
        """The teaser list whose heading is block `at`."""
        heading = self._blocks[at]
        if not heading.is_short or heading.words > 9:
            return None
        run = (self._loose if heading.is_list_name else self._strict)[at + 1]
        named = heading.is_list_name and (run.entries >= 2 or (run.entries > 0 and run.cut > 0))
        if not named and not (run.pairs >= 3 and run.cut >= max(1, run.entries // 3)):
            return None
        name = heading.text.strip(" :|-–—*#")
        teasers = []
        i = at + 1
        while i < run.end:
            title, summary = self._blocks[i], self._summary(i)
            last = summary or title
            cut = last.is_cut or (summary is not None and _breaks_off(summary))
            teasers.append(Teaser(name, title.text, summary.text if summary else "", cut))
            i += 2 if summary else 1
        return TeaserRun(run.end, tuple(teasers))

    def _summary(self, title: int) -> Block | None:
        following = self._blocks[title + 1] if title + 1 < len(self._blocks) else None
        return following if following is not None and _is_summary(following) else None

    def _count(self, *, loose: bool) -> list[_Chain]:
        """The chain from every block on; `loose` chains hold titles without summaries too."""
        count = len(self._blocks)
        chains = [_Chain(0, 0, 0, i) for i in range(count + 2)]
        for i in range(count - 1, -1, -1):
            title = self._blocks[i]
            if not title.is_short or title.is_list_name or title.is_comments_name:
                continue
            summary = self._summary(i)
            if summary is None and (not loose or (i + 1 < count and not self._blocks[i + 1].is_short)):
                continue  # a title before a long paragraph: the article goes on
            rest = chains[i + 1 + (summary is not None)]
            cut = (summary or title).is_cut
            chains[i] = _Chain(rest.entries + 1, rest.pairs + (summary is not None), rest.cut + cut, rest.end)
        return chains


def _is_summary(block: Block) -> bool:
    if block.is_short and not block.is_cut:
        return block.words > 12 and not block.is_list_name
    return block.words <= 75


def _breaks_off(summary: Block) -> bool:
    return summary.words >= 8 and not re.search(r"[.!?:…\"”’)\]]\s*$", summary.text[-12:])
