"""An article's blocks in one of three kinds of markup: `paragraphs`, `divs`, `breaks` (text between `<br>`s).

In: an article's blocks. Out: the HTML of its body and of its comments. Never: words that its source does not have.
"""

import re
from html import escape

from sources import Source
from teasers import Shown, render_lists

_TAGGED = re.compile(r"^\[(caption|aside|comments|at [\d:]+|q|a)\]\s*(.*)$", re.DOTALL)


def render_body(source: Source, kind: str, inside: list[Shown]) -> tuple[str, str]:
    """Body and comments; teaser lists that stand inside the article come after its second paragraph."""
    parts: list[str] = []
    comments = ""
    for i, block in enumerate(source.blocks):
        if block.startswith("[comments]"):
            comments = _render_comments(block.splitlines()[1:])
        else:
            parts.append(_render_block(block, kind, first=i == 0))
    if inside:
        parts.insert(min(2, len(parts)), render_lists(inside, "inside"))
    glue = "<br><br>\n" if kind == "breaks" else "\n"
    return glue.join(parts), comments


def _render_block(block: str, kind: str, *, first: bool) -> str:
    if block.startswith("## "):
        return f"<h2>{_words(block[3:])}</h2>"
    if block.startswith("* "):
        return "<ul>\n" + "".join(f"<li>{_words(line[2:])}</li>\n" for line in block.splitlines()) + "</ul>"
    tagged = _TAGGED.match(block)
    if tagged:
        return _render_tagged(tagged[1], _words(tagged[2]))
    words = _words(block)
    if kind == "breaks":
        return words
    if kind == "divs":
        return f'<div class="par{" lead" if first else ""}">{words}</div>'
    return f"<p>{words}</p>"


def _render_tagged(tag: str, words: str) -> str:
    if tag == "caption":
        return f'<figure><img src="/i/placeholder.jpg" alt=""><figcaption>{words}</figcaption></figure>'
    if tag == "aside":
        return f'<aside class="box"><p>{words}</p></aside>'
    if tag == "q":
        return f"<p><b>{words}</b></p>"
    if tag == "a":
        return f"<p>{words}</p>"
    time = tag.removeprefix("at ")
    anchor = "t" + time.replace(":", "")
    return f'<article class="entry" id="{anchor}"><span class="clock">{time}</span><p>{words}</p></article>'


def _render_comments(lines: list[str]) -> str:
    rows = []
    for line in lines:
        name, said = line.split(" | ")
        rows.append(f'<li class="comment"><b>{_words(name)}</b><p>{_words(said)}</p></li>')
    return '<div id="comments"><h3>Comments</h3><ol class="comment-list">\n' + "\n".join(rows) + "\n</ol></div>"


def _words(block: str) -> str:
    return re.sub(r"\*(\S[^*]*\S)\*", r"<i>\1</i>", escape(block, quote=False))
