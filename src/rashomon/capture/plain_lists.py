"""Teaser lists in plain text: a name that stands alone, then entries, each a title with at most a summary and a few
lines of date, byline or count.

In: a text's blocks. Out: for any block, the list that begins there. Never: the paragraphs of the article that follow a
list, nor a list whose titles stand before whole paragraphs.

Without a name that such lists have, a run of entries is one only if it is at least three and most of them break off, or
carry a date each.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rashomon.capture.plain_blocks import Block, is_comment_count
from rashomon.records import Teaser

_LINES = ("stamp", "rank", "go_on")
_MAX_LINES = 3
_KICKER_WORDS = 2
_LOOKED_AT = 12
_TRIED = 6
_MAX_ENTRIES = 2000


@dataclass(frozen=True, slots=True)
class TeaserRun:
    """The list that begins at a block: its entries, and the number of the block after the last."""

    end: int
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Blocks `[start, end)`: `title` and `summary` are numbers of blocks (no summary: -1)."""

    start: int
    title: int
    summary: int
    end: int


class TeaserFinder:
    """Knows a text's blocks; finds the run of entries that begins at any of them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks

    def find(self, at: int, *, after_prose: bool) -> TeaserRun | None:
        """The teaser list that block `at` names (or begins, if it has no name); `after_prose` says whether the article
        has begun before it.
        """
        heading = self._blocks[at]
        if heading.role in ("list_name", "next_name"):
            return self._named(at, after_prose)
        if heading.role == "title" and heading.words <= 9 and (run := self._unnamed(at + 1, after_prose)):
            return self._run(heading, run)
        if heading.role in ("title", "stamp", "rank") and (run := self._unnamed(at, after_prose)):
            return self._run(None, run)
        return None

    def _named(self, at: int, after_prose: bool) -> TeaserRun | None:
        heading = self._blocks[at]
        entries = self._entries(at + 1)
        if heading.role == "next_name":
            entries = entries[:1] if entries and entries[0].summary < 0 else []
        kept = self._without_article(entries, after_prose)
        closed = not entries or self._is_closed(entries[-1].end)
        enough = len(kept) >= 2 or (kept and ((closed and after_prose) or self._breaks_off(kept[0])))
        return self._run(heading, kept) if enough else None

    def _unnamed(self, at: int, after_prose: bool) -> list[_Entry]:
        """The entries from `at` on, if the first of them break off or are dated."""
        if not any(block.is_cut or block.role == "stamp" for block in self._blocks[at : at + _LOOKED_AT]):
            return []
        if not self._is_list(self._entries(at, most=_TRIED)):
            return []
        entries = self._without_article(self._entries(at), after_prose)
        return entries if self._is_list(entries) else []

    def _is_list(self, entries: Sequence[_Entry]) -> bool:
        pairs = sum(e.summary >= 0 for e in entries)
        cut = sum(self._breaks_off(e) for e in entries)
        dated = sum(e.summary < 0 and "stamp" in " ".join(self._shape(e)) for e in entries)
        return len(entries) >= 3 and ((pairs >= 3 and 3 * cut >= len(entries)) or 3 * dated >= 2 * len(entries))

    def _run(self, heading: Block | None, entries: Sequence[_Entry]) -> TeaserRun:
        name = heading.text.strip(" :|-–—*#»›>") if heading else ""
        return TeaserRun(entries[-1].end, tuple(self._teaser(name, e) for e in entries))

    def _teaser(self, name: str, entry: _Entry) -> Teaser:
        title = self._blocks[entry.title]
        summary = self._blocks[entry.summary] if entry.summary >= 0 else None
        last = summary or title
        cut = last.is_cut or (summary is not None and _stops_short(summary))
        return Teaser(name, title.title, summary.text if summary else "", cut)

    def _breaks_off(self, entry: _Entry) -> bool:
        return self._blocks[entry.summary if entry.summary >= 0 else entry.title].is_cut

    def _is_closed(self, at: int) -> bool:
        """Whether no paragraph follows at `at` (perhaps after captions): the end, the next list, comments."""
        for _ in range(_LOOKED_AT):
            if at < len(self._blocks) and self._blocks[at].role in ("caption", "notice"):
                at += 1
        return at >= len(self._blocks) or not self._blocks[at].is_prose

    def _entries(self, at: int, most: int = _MAX_ENTRIES) -> list[_Entry]:
        """The entries from `at` on; where the first two are marked titles alone, the others are too."""
        found: list[_Entry] = []
        counted = False
        while len(found) < most and (entry := self._parse(at, counted)) is not None:
            if len(found) >= 2 and all(self._is_marked_title(e) for e in found[:2]):
                if not self._is_marked_title(entry, alone=False):
                    break
                entry = replace(entry, summary=-1, end=entry.title + 1)
            found.append(entry)
            counted = counted or is_comment_count(self._blocks[entry.end - 1])
            at = entry.end
        return found

    def _is_marked_title(self, entry: _Entry, *, alone: bool = True) -> bool:
        title = self._blocks[entry.title]
        marked = title.is_marked or any(self._blocks[i].role == "rank" for i in range(entry.start, entry.title))
        return marked and (entry.summary < 0 or not alone)

    def _parse(self, start: int, counted: bool) -> _Entry | None:
        """The entry that begins at `start`: lines, a word for its section, the title, lines, a summary, lines;
        `counted` if the entries before it end with a count of comments.
        """
        at = self._skip_lines(start, counted)
        if self._is_kicker(at):
            at = self._skip_lines(at + 1, counted)
        title = at
        if title >= len(self._blocks) or self._blocks[title].role not in ("title", "cut"):
            return None
        at = self._skip_lines(title + 1, counted)
        summary = -1
        if self._blocks[title].role == "title" and self._is_summary(at, title):
            summary, at = at, self._skip_lines(at + 1, counted)
        return _Entry(start, title, summary, self._give_back(at, max(title, summary) + 1, self._blocks[start]))

    def _give_back(self, end: int, least: int, first: Block) -> int:
        """The end without the line that opens the next entry, where this one is opened by such a line too."""
        opens = first.role in ("stamp", "rank") and end > least and end < len(self._blocks)
        return (
            end - 1 if opens and self._blocks[end - 1].role == first.role and self._blocks[end].role == "title" else end
        )

    def _skip_lines(self, at: int, counted: bool) -> int:
        """The block after lines of date, byline or count, of which there are a few at most and one count."""
        for i in range(at, min(at + _MAX_LINES, len(self._blocks))):
            block = self._blocks[i]
            if is_comment_count(block):
                return i + 1 if counted or self._goes_on(i + 1) else i
            if block.role not in _LINES:
                return i
        return min(at + _MAX_LINES, len(self._blocks))

    def _goes_on(self, at: int) -> bool:
        """Whether a list may go on at `at`, or the text ends there (comments would begin with what somebody says)."""
        return at >= len(self._blocks) or self._blocks[at].role in ("title", "list_name", "notice", *_LINES)

    def _is_kicker(self, at: int) -> bool:
        """Whether a block is the name of an entry's section: a word or two right above its title."""
        if at + 1 >= len(self._blocks) or self._blocks[at].is_marked:
            return False
        block, below = self._blocks[at], self._blocks[at + 1]
        return block.role == "title" and block.words <= _KICKER_WORDS and below.role == "title" and below.words > 2

    def _is_summary(self, at: int, title: int) -> bool:
        if at >= len(self._blocks) or self._blocks[at].is_marked:
            return False
        block = self._blocks[at]
        return block.role in ("summary", "cut") or (
            block.role == "title" and (block.words > 12 or (block.is_cut and not self._blocks[title].is_cut))
        )

    def _shape(self, entry: _Entry) -> tuple[str, ...]:
        """How an entry is laid out: what stands around its title, and whether blank lines part it."""
        shape = []
        for i in range(entry.start, entry.end):
            block = self._blocks[i]
            kind = "title" if i == entry.title else "summary" if i == entry.summary else block.role
            kind = "kicker" if kind == "title" and i < entry.title else kind
            kind += " by" if kind == "stamp" and " by " in f" {block.text.casefold()} " else ""
            marked = "marked " if i == entry.title and block.is_marked else ""
            gap = "" if i == entry.start or not block.is_apart else "apart "
            shape.append(f"{gap}{marked}{kind}")
        return tuple(shape)

    def _is_packed(self, entry: _Entry) -> bool:
        """Whether an entry's lines stand close together, and a blank line parts them from what follows."""
        close = not any(self._blocks[i].is_apart for i in range(entry.start + 1, entry.end))
        return close and entry.end > entry.start + 1 and self._blocks[entry.end].is_apart

    def _without_article(self, entries: list[_Entry], after_prose: bool) -> list[_Entry]:
        """The entries without what is the article's own: prose right after a list makes its last entry doubtful. That
        one stays if it is laid out as the others are, and not as the article's title and first paragraph would be.
        """
        if not entries or self._is_closed(entries[-1].end) or self._breaks_off(entries[-1]):
            return entries
        *before, last = entries
        if self._is_packed(last):
            return entries
        shapes = {self._shape(e) for e in before}
        ends = (max(last.summary, last.title + 1), last.title + 1)
        for entry in (last, *(replace(last, summary=-1, end=end) for end in ends)):
            shape = self._shape(entry)
            if shape in shapes and (after_prose or not _like_an_article(shape)):
                return [*before, entry]
        return before


def _like_an_article(shape: Sequence[str]) -> bool:
    """Whether an entry could as well be a title, a line of byline and date, and a paragraph."""
    return {part.removeprefix("apart ").split(" ")[0] for part in shape} <= {"title", "summary", "stamp"}


def _stops_short(summary: Block) -> bool:
    return summary.words >= 8 and not re.search(r"[.!?:…\"”’)\]]\s*$", summary.text[-12:])
