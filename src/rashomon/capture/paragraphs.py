"""Which of a page's runs are the article's paragraphs.

In: runs, and what trafilatura takes for the main text. Out: a choice for each run; the date beside the article.
Never: a run of a teaser list, a caption or the comments.

trafilatura decides what the article is; what it loses inside the article's own element (list items, short paragraphs)
is put back, and what it takes from the page's dressing is left out.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from rashomon.capture.metadata import Metadata
from rashomon.capture.notices import DRESSING, NOTICE
from rashomon.capture.published import parse_date
from rashomon.capture.runs import Run
from rashomon.capture.wording import LIST_NAME, READ_ALSO
from rashomon.records import Published

_MIN_ARTICLE_CHARS = 140
_STOPS = '.!?”"'
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def fold(words: str) -> str:
    """Letters and figures alone, in one case."""
    return re.sub(r"\W+", "", words.casefold())


def choose_paragraphs(runs: Sequence[Run], extracted: Sequence[str], metadata: Metadata) -> list[bool]:
    """Which runs are the article's paragraphs; `extracted` is what trafilatura takes for them."""
    able = [not r.zone.kind or r.zone.kind == "head" for r in runs]
    lines = {f for w in extracted if len(f := fold(w)) > 3}
    whole = "\n".join(lines)
    matched = [
        ok and ((f := fold(r.words)) in lines or (len(f) > 15 and f in whole)) for r, ok in zip(runs, able, strict=True)
    ]
    seeds = [
        m and r.linked < 0.5 * len(r.words) and len(r.words.split()) >= 5 for r, m in zip(runs, matched, strict=True)
    ]
    if sum(len(r.words) for r, s in zip(runs, seeds, strict=True) if s) < _MIN_ARTICLE_CHARS:
        seeds = [ok and r.zone.kind != "head" and _is_sentence(r) for r, ok in zip(runs, able, strict=True)]
    if not any(seeds):
        seeds = [ok and r.zone.kind != "head" and _is_short_sentence(r) for r, ok in zip(runs, able, strict=True)]
    inside = _home([r for r, s in zip(runs, seeds, strict=True) if s])
    seeded = Counter(r.node for r, s in zip(runs, seeds, strict=True) if s)
    title = fold(metadata.title or "")
    chosen = []
    for i, run in enumerate(runs):
        held = run.node in inside
        fits = able[i] and (
            (matched[i] and (held or seeds[i]))
            or (seeds[i] and held)
            or (held and _is_prose(run, seeded[run.node] >= 2))
        )
        if run.tag == "h1" or (title and fold(run.words) == title) or _is_dressing(run, metadata):
            fits = False
        chosen.append(fits)
    _drop_above_headline(runs, chosen, title)
    _drop_lonely_headings(runs, chosen)
    _drop_datelines(runs, chosen)
    if not _is_article([r for r, c in zip(runs, chosen, strict=True) if c], runs):
        return [False] * len(runs)
    return chosen


def _is_sentence(run: Run) -> bool:
    """Whether a run reads like a paragraph of prose, wherever it stands."""
    return (
        run.tag not in _HEADINGS
        and len(run.words.split()) >= 10
        and run.linked < 0.4 * len(run.words)
        and re.search(r"[.!?…:\"”’)]\W*$", run.words[-12:]) is not None
    )


def _is_short_sentence(run: Run) -> bool:
    return run.linked < 0.4 * len(run.words) and len(run.words.split()) >= 4 and run.words[-1] in _STOPS


def _is_prose(run: Run, among_text: bool) -> bool:
    """Whether a run that trafilatura left out belongs to the article around it; `among_text` if it stands in one
    element with several of the article's paragraphs (a signature below them).
    """
    if run.zone.kind or run.linked > 0.5 * len(run.words):
        return False
    count = len(run.words.split())
    if run.tag in _HEADINGS:
        return 0 < count <= 20 and not LIST_NAME.match(run.words)
    if run.tag in ("p", "li", "blockquote", "dd", "pre"):
        return count >= 4 or (count >= 2 and run.words[-1] in _STOPS)
    return count >= (3 if among_text else 8) or (count >= 4 and run.words[-1] in _STOPS)


def _home(seeds: Sequence[Run]) -> frozenset[HtmlElement]:
    """The smallest element that holds most of the article's text, with all that stands within it."""
    if not seeds:
        return frozenset()
    weights: Counter[HtmlElement] = Counter()
    for run in seeds:
        weights[run.node] += len(run.words)
    needed = 0.8 * weights.total()
    for node in reversed(list(seeds[0].node.getroottree().iter())):
        if weights[node] >= needed:  # the last one in the page's order that holds enough is the innermost
            return frozenset(node.iter())
        parent = node.getparent()
        if parent is not None and node in weights:
            weights[parent] += weights[node]
    return frozenset()


def _is_dressing(run: Run, metadata: Metadata) -> bool:
    """Lines that belong to the page rather than to the account: byline, date, share and copyright lines."""
    words = run.words
    if len(words) <= 200 and (DRESSING.match(words) or NOTICE.match(words)):
        return True
    if READ_ALSO.match(words) and (run.linked > 0.4 * len(words) or len(words.split()) <= 25):
        return True
    if run.linked >= 0.9 * len(words) and len(words.split()) >= 4 and run.tag not in ("li", "td"):
        return True
    byline = fold(metadata.byline or "")
    return len(byline) > 4 and len(words) <= len(byline) + 60 and byline in fold(words) and words[-1] not in _STOPS


def _drop_above_headline(runs: Sequence[Run], chosen: list[bool], title: str) -> None:
    """A line of links above the headline is no paragraph."""
    at = next((i for i, r in enumerate(runs) if r.tag == "h1" or (title and fold(r.words) == title)), 0)
    for i in range(at):
        if chosen[i] and runs[i].linked > 0.5 * len(runs[i].words) and any(chosen[at:]):
            chosen[i] = False


def _drop_lonely_headings(runs: Sequence[Run], chosen: list[bool]) -> None:
    """A heading stays only where the article goes on below it, before the next part that is not its own."""
    follows = False
    for i in range(len(runs) - 1, -1, -1):
        if runs[i].tag in _HEADINGS:
            chosen[i] = chosen[i] and follows
        elif chosen[i]:
            follows = True
        elif runs[i].zone.kind == "list":
            follows = False


def _drop_datelines(runs: Sequence[Run], chosen: list[bool]) -> None:
    """The article neither begins nor ends with a line that holds hardly more than the date."""
    held = [i for i, c in enumerate(chosen) if c]
    for i in (held[:1] + held[-1:]) if len(held) > 1 else ():
        chosen[i] = not _is_dateline(runs[i].words)


def _is_dateline(words: str) -> bool:
    return len(words.split()) <= 12 and words[-1] not in _STOPS and parse_date(words, "byline text") is not None


def find_dated_line(runs: Sequence[Run], chosen: Sequence[bool], metadata: Metadata) -> Published | None:
    """The date in a line between the headline and the article, or in a short one right below the article."""
    if True not in chosen:
        return None
    first = chosen.index(True)
    last = len(chosen) - 1 - list(reversed(chosen)).index(True)
    title = fold(metadata.title or "")
    headline = max(
        (i for i in range(first) if runs[i].tag == "h1" or (title and fold(runs[i].words) == title)), default=-1
    )
    above = runs[headline + 1 : first] if headline >= 0 else runs[max(0, first - 2) : first]
    for run, most in [*((r, 25) for r in above), *((r, 12) for r in runs[last + 1 : last + 3])]:
        quoted = "@" in run.words or any(up.tag == "blockquote" for up in (run.node, *run.node.iterancestors()))
        if not quoted and run.zone.kind not in ("list", "comments", "caption") and len(run.words.split()) <= most:
            found = None if NOTICE.match(run.words) else parse_date(run.words, "byline text")
            if found:
                return found
    return None


def _is_article(paragraphs: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Whether these are an article, rather than the summaries of an index page."""
    chars = sum(len(r.words) for r in paragraphs)
    if not chars:
        return False
    if chars >= 3 * _MIN_ARTICLE_CHARS:
        return True
    linked = sum(r.linked for r in runs)
    listed = sum(len(r.words) for r in runs if r.zone.kind == "list")
    sentences = any(_is_sentence(r) or _is_short_sentence(r) for r in paragraphs)
    return sentences and (chars >= _MIN_ARTICLE_CHARS or (linked < 2 * chars and listed < 4 * chars))
