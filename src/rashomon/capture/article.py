"""Pages to articles: the one place where a page's kind decides how it is read.

In: a page, or a text. Out: an `Article` with sections, teasers and passages. Never: a changed word: the article's text
is made of the page's own words, and of nothing else.
"""

import itertools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from rashomon.capture.html import HtmlPage, Paragraph, read_html
from rashomon.capture.language import find_language
from rashomon.capture.metadata import Metadata, plain_byline
from rashomon.capture.mhtml import read_mhtml
from rashomon.capture.passages import split_passages
from rashomon.capture.pdf import read_pdf
from rashomon.capture.plain import PlainLayout, find_layout
from rashomon.capture.published import parse_date, url_date
from rashomon.capture.sniff import HTML, MHTML, PDF, TEXT, decode, sniff_media_type
from rashomon.errors import CaptureError
from rashomon.records import Article, Page, Passage, Published, Section
from rashomon.settings import Settings
from rashomon.spans import trim_span

_BREAK = "\n\n"
_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)
_BEHIND_BAR = re.compile(r"\s+(?:\||::|»)\s+(?P<name>[A-Z][^|]{2,40})$")
_PUBLISHED = re.compile(r"\b(?:published|posted|created|released)\b", re.IGNORECASE)


def open_page(page: Page, settings: Settings) -> Article:
    """The article of a page, its sections and teasers; raises CaptureError with the reason where there is none to be
    had.
    """
    if not page.raw.strip():
        raise CaptureError("empty", source=page.source)
    if len(page.raw) > settings.max_page_bytes:
        raise CaptureError("too_large", f"{len(page.raw)} bytes", source=page.source)
    kind = sniff_media_type(page.raw)
    if kind == PDF:
        return _from_plain(page, read_pdf(page.raw, page.source, settings), settings)
    raw, charset, url = page.raw, page.hints.charset if page.hints else None, page.url
    if kind == MHTML:
        saved = read_mhtml(page.raw, page.source)
        raw, charset, url = saved.raw, saved.charset or charset, page.url or saved.url
        kind = HTML
    if kind not in (HTML, TEXT):
        raise CaptureError("binary", kind or "no known kind of page", source=page.source)
    text = decode(raw, charset, page.source)
    if not text.strip():
        raise CaptureError("empty", "only white space", source=page.source)
    if kind == TEXT:
        return _from_plain(page, text, settings)
    return _from_html(page, read_html(text, url, page.hints, page.source, settings.max_nesting), settings)


def _limit(text: str, page: Page, settings: Settings) -> None:
    if len(text) > settings.max_article_chars:
        raise CaptureError("too_large", f"an article of {len(text)} characters", source=page.source)


def _from_html(page: Page, found: HtmlPage, settings: Settings) -> Article:
    text, starts = _join(found.paragraphs)
    _limit(text, page, settings)
    meta = found.metadata
    language = find_language(text or " ".join(a.words for a in found.asides))
    ends = [0, *(s - len(_BREAK) for s in starts[1:]), len(text)]
    places = [min(max(0, ends[a.after]), len(text)) for a in found.asides]
    cuts = {at for a, at in zip(found.asides, places, strict=True) if a.kind != "boilerplate" and 0 < at < len(text)}
    sections = [Section("article", "", a, b, text[a:b]) for a, b in _pieces(text, sorted(cuts))]
    sections += [Section(a.kind, a.name, at, at, a.words) for a, at in zip(found.asides, places, strict=True)]
    return Article(
        page=page.id,
        text=text,
        title=meta.title or (page.hints.title if page.hints else None),
        byline=meta.byline,
        outlet=meta.outlet,
        outlet_found=meta.outlet_found,
        published=meta.published or _dateline(text),
        language=language,
        sections=tuple(sections),
        teasers=tuple(t for held in found.asides for t in held.teasers),
        passages=split_passages(text) if language == "en" else (),
    )


def _pieces(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """The ranges between the cuts, without the white space at their edges."""
    bounds = [0, *cuts, len(text)]
    spans = [trim_span(text, a, b) for a, b in itertools.pairwise(bounds)]
    return [(s.start_char, s.end_char) for s in spans if len(s)]


def _join(paragraphs: tuple[Paragraph, ...]) -> tuple[str, list[int]]:
    """Paragraphs as text, and where each begins: blank lines between them, one line for each item of a list."""
    parts: list[str] = []
    starts: list[int] = []
    at, before = 0, ""
    for paragraph in paragraphs:
        gap = "" if not parts else "\n" if paragraph.marker and before else _BREAK
        words = f"{paragraph.marker} {paragraph.text}" if paragraph.marker else paragraph.text
        starts.append(at + len(gap))
        parts += [gap, words]
        at += len(gap) + len(words)
        before = paragraph.marker
    return "".join(parts), starts


def _head_date(heads: str) -> Published | None:
    """The date in lines above the article: the one that is said to be of publishing, else the first."""
    stated = _PUBLISHED.search(heads)
    if stated and (found := parse_date(heads[stated.end() :], "byline text")):
        return found
    return parse_date(heads, "updated line" if _UPDATED.search(heads) else "byline text")


def _dateline(text: str) -> Published | None:
    """A date in the article's first words ("SANU, 3 March 2011 -- ..."), where the page gives none elsewhere."""
    head = text[:90]
    stop = max(head.find("--"), head.find("—"), head.find(" – "), head.find("] "))
    return parse_date(head[:stop], "dateline") if stop > 0 else None


@dataclass(frozen=True, slots=True)
class _Kept:
    """Article text cut out of a page's text, with where each kept range begins in it."""

    text: str
    pieces: tuple[tuple[int, int], ...]


def _from_plain(page: Page, text: str, settings: Settings) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _limit(text, page, settings)
    layout = find_layout(text)
    kept = _keep(text, layout)
    sections: list[Section] = []
    at, passed, old = 0, 0, _article_ranges(layout)
    for part in layout.sections:
        if part.kind != "article":
            while passed < len(old) and old[passed][1] <= part.start_char:
                at = kept.pieces[passed][1]
                passed += 1
            sections.append(Section(part.kind, part.name, at, at, text[part.start_char : part.end_char]))
    pieces = [Section("article", "", a, b, kept.text[a:b]) for a, b in kept.pieces if a < b]
    says = _says(text, kept.text, layout, page.url)
    published = says.published
    if published is None and page.hints and page.hints.published:
        published = parse_date(page.hints.published, "feed")
    language = find_language(kept.text or text)
    return Article(
        page=page.id,
        text=kept.text,
        title=(page.hints.title if page.hints and page.hints.title else says.title),
        byline=says.byline,
        outlet=page.hints.outlet if page.hints and page.hints.outlet else says.outlet,
        outlet_found="feed" if page.hints and page.hints.outlet else says.outlet_found,
        published=published,
        language=language,
        sections=(*pieces, *sections),
        teasers=layout.teasers,
        passages=split_passages(kept.text) if language == "en" else (),
    )


def _says(text: str, account: str, layout: PlainLayout, url: str | None) -> Metadata:
    """What a pasted text says of itself, in the lines around its account."""
    heads = "\n".join(text[a:b] for a, b in layout.heads)
    title = text[slice(*layout.title)] if layout.title else None
    outlet, found = layout.outlet, layout.outlet_found
    if title and (m := _BEHIND_BAR.search(title)):
        outlet, found = (outlet, found) if outlet else (m["name"], "title line")
        title = title[: m.start()]
    if outlet is None and layout.url and (host := urlsplit(layout.url).hostname):
        outlet, found = host.removeprefix("www."), "url in text"
    signed = parse_date(text[slice(*layout.signed)], "signature line") if layout.signed else None
    published = _head_date(heads) or _dateline(account.lstrip()) or url_date(url) or url_date(layout.url) or signed
    return Metadata(title, plain_byline(heads), outlet, found, published)


def _article_ranges(layout: PlainLayout) -> list[tuple[int, int]]:
    """The ranges of the page's text that are article, without title and lines of byline and date."""
    gone = sorted([*([layout.title] if layout.title else []), *layout.heads])
    ranges: list[tuple[int, int]] = []
    for part in layout.sections:
        if part.kind != "article":
            continue
        start = part.start_char
        for a, b in gone:
            if start <= a < part.end_char:
                if a > start:
                    ranges.append((start, a))
                start = b
        if start < part.end_char:
            ranges.append((start, part.end_char))
    return ranges


def _keep(text: str, layout: PlainLayout) -> _Kept:
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    at = 0
    for start, end in _article_ranges(layout):
        words = text[start:end].strip("\n ")
        if at and words:
            parts.append(_BREAK)
            at += len(_BREAK)
        pieces.append((at, at + len(words)))
        parts.append(words)
        at += len(words)
    return _Kept("".join(parts), tuple(pieces))


def article_from_text(text: str, page_id: str = "") -> Article:
    """A text as an article, unchanged: offsets count in it. Passages come from what is article in it alone."""
    layout = find_layout(text)
    language = find_language(text)
    passages: list[Passage] = []
    if language == "en":
        for part in layout.sections:
            if part.kind == "article":
                passages += split_passages(text, part.start_char, part.end_char)
    sections = tuple(Section(s.kind, s.name, s.start_char, s.end_char) for s in layout.sections)
    says = _says(text, text, layout, None)
    return Article(
        page_id, text, says.title, says.byline, says.outlet, says.outlet_found, says.published, language, sections,
        layout.teasers, tuple(passages),
    )  # fmt: skip
