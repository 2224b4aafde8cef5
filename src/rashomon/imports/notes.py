"""A folder of Markdown notes with front matter, as Obsidian and web clippers keep them.

In: `.md` files. Out: pages of the notes' text, with title, date, outlet and URL as the front matter gives them.
Never: markup as the page's words; the hash of such a page is that of the text taken from the note.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rashomon.capture import make_page
from rashomon.imports.spreadsheets import host_of
from rashomon.records import Page, PageHints, Rejected
from rashomon.settings import Settings

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z_][\w -]{0,60}):(?:[ \t]+(.*))?$")
_NAMES = {
    "url": ("url", "source", "link", "source_url"), "title": ("title", "headline"),
    "published": ("published", "date", "publish_date", "created"),
    "outlet": ("outlet", "publisher", "publication", "site", "site_name", "website"),
}  # fmt: skip
_MARKUP = (
    (re.compile(r"!\[\[[^\]\n]*\]\]|!\[[^\]\n]*\]\([^)\n]*\)"), ""),  # embedded files and images
    (re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]\n]*)\]\]"), r"\1"),
    (re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^>[ \t]?\[![\w-]+\][+-]?", re.MULTILINE), ""),  # the kind of a callout
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"[ \t]+\^[\w-]+$", re.MULTILINE), ""),  # a block's own id
    (re.compile(r"(?<!\w)(\*\*|__|==|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"%%.*?%%", re.DOTALL), ""),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its front matter (keys in lower case) and its text without markup."""

    front: Mapping[str, str]
    text: str


def iter_notes(folder: Path, settings: Settings) -> Iterator[Page | Rejected]:
    """The notes of a folder and those below it, by their paths."""
    paths = sorted(p for p in folder.rglob("*.md") if not any(x.startswith(".") for x in p.relative_to(folder).parts))
    if not paths:
        yield Rejected(str(folder), "capture", "no_pages", "no .md file in it")
    for path in paths:
        source = str(path.resolve())
        try:
            if path.stat().st_size > settings.max_page_bytes:
                yield Rejected(source, "capture", "too_large", f"more than {settings.max_page_bytes} bytes")
                continue
            note = read_note(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            yield Rejected(source, "capture", "unreadable", str(error))
            continue
        if not note.text.strip():
            yield Rejected(source, "capture", "empty", "a note without text")
            continue
        url = _take(note, "url")
        web = url if url and url.startswith(("http://", "https://")) else None
        outlet = _take(note, "outlet") or host_of(web)
        hints = PageHints(_take(note, "title") or path.stem, _take(note, "published"), outlet, "utf-8")
        yield make_page(source, note.text.encode(), "text/plain", web, hints)


def read_note(words: str) -> Note:
    r"""A note's front matter and text.

    >>> read_note("---\ntitle: 'A raid'\ntags:\n  - x\n---\n# Head\nSee [[Ana|her]] and **this**.\n")
    Note(front={'title': 'A raid', 'tags': ''}, text='Head\nSee her and this.\n')
    """
    words = words.replace("\r\n", "\n")
    found = _FRONT.match(words)
    front: dict[str, str] = {}
    for line in (found[1] or "").splitlines() if found else ():
        key = _KEY.match(line)
        if key:
            front[key[1].strip().casefold()] = _scalar(key[2] or "")
    text = words[found.end() :] if found else words
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    return Note(front, text)


def _scalar(words: str) -> str:
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        return words[1:-1].replace("''", "'") if words[0] == "'" else words[1:-1].replace('\\"', '"')
    return words.partition(" #")[0].rstrip()


def _take(note: Note, field: str) -> str | None:
    return next((note.front[name] for name in _NAMES[field] if note.front.get(name)), None)
