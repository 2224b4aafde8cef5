"""What holds for every page: offsets, order, the same bytes making the same article."""

import html as entities
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.capture import article_from_text, iter_pages, open_page, split_passages
from rashomon.errors import CaptureError
from rashomon.records import Article, Page
from rashomon.vocabulary import SECTION_KINDS
from tests.capture.pages import SETTINGS, attempt

DEMO = Path(__file__).parents[2] / "src" / "rashomon" / "demo" / "pages"
WORDS = st.sampled_from(
    ["Two", "men", "were", "shot", "in", "Tarn", "the", "market", "a.", "b.", "1)", "-", "•", "said:", "Mr.", "U.N.",
     "…",
     "...", "dead.", '"Why?"', "he", "Photo:", "By", "Aro", "3 March 2011", "Most", "viewed", "Comments", "é", "🜚",
     "\u2028"]
)  # fmt: skip
LINES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from([" ", "\n", "\n\n", "\n \n", "\r\n", "\n\n\n"])), max_size=12).map(
    lambda parts: "".join(line + gap for line, gap in parts)
)
TAGS = st.sampled_from(
    ["p", "div", "ul", "li", "ol", "a href=/x", "h1", "h2", "h4", "table", "tr", "td", "b", "span", "aside", "article",
     "nav", "figure", "figcaption", "blockquote", "section class=comments", "br", "script", "title", "form", "pre",
     "header", "main"]
)  # fmt: skip
BITS = st.one_of(
    LINES.map(entities.escape), TAGS.map("<{}>".format), TAGS.map(lambda t: f"</{t.split()[0]}>"), st.text(max_size=8)
)
MARKUP = st.lists(BITS, max_size=40).map(lambda bits: "<html><body>" + "".join(bits))


def check(article: Article) -> None:
    """Offsets lie in the text, in order; what is shown of a range is what stands there."""
    text = article.text
    for s in article.sections:
        assert s.kind in SECTION_KINDS
        assert 0 <= s.start_char <= s.end_char <= len(text)
        if s.kind == "article":
            assert text[s.start_char : s.end_char].strip()
            assert s.text in ("", text[s.start_char : s.end_char])
    end = 0
    for p in article.passages:
        assert end <= p.start_char < p.end_char <= len(text)
        held = text[p.start_char : p.end_char]
        assert held == held.strip() != ""
        assert p.lead is None or text[slice(*p.lead)].strip()
        assert (p.kind == "item") == bool(p.marker)
        end = p.end_char
    for t in article.teasers:
        assert t.title.strip()


def check_cover(article: Article) -> None:
    """What is article is in its article sections, and nothing else is between them but white space."""
    at = 0
    for s in sorted((s for s in article.sections if s.kind == "article"), key=lambda s: s.start_char):
        assert not article.text[at : s.start_char].strip()
        at = s.end_char
    assert not article.text[at:].strip()


@given(TEXTS)
@settings(max_examples=250, deadline=None)
def test_any_text(text: str) -> None:
    article = attempt(text)
    if isinstance(article, CaptureError):
        assert article.reason == "empty"
        return
    check(article)
    check_cover(article)
    unchanged = article_from_text(text)
    assert unchanged.text == text
    check(unchanged)


@given(MARKUP)
@settings(max_examples=250, deadline=None)
def test_any_markup(markup: str) -> None:
    article = attempt(markup)
    if isinstance(article, CaptureError):
        assert article.reason in ("no_text", "empty", "binary")
        return
    check(article)
    check_cover(article)
    assert attempt(markup) == article


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<html>", b"%PDF-1.4\n", b"\xff\xfe", b"<rss><channel>", b"WARC/1.0\r\n"]),
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_captured_or_rejected_with_a_reason(raw: bytes, head: bytes) -> None:
    found = attempt(head + raw)
    if isinstance(found, CaptureError):
        assert found.reason
        assert found.stage == "capture"
    else:
        check(found)


@given(TEXTS, st.data())
@settings(max_examples=100, deadline=None)
def test_passages_of_a_range_lie_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for p in split_passages(text, start, end):
        assert start <= p.start_char < p.end_char <= end


@given(
    st.lists(
        st.sampled_from(["Two men were shot in Tarn", "The army denied it", "Nobody was tried for it"]), max_size=8
    )
)
def test_no_word_of_plain_prose_is_lost(sentences: list[str]) -> None:
    text = " ".join(f"{s}." for s in sentences)
    assert [text[p.start_char : p.end_char] for p in split_passages(text)] == [f"{s}." for s in sentences]


def test_the_demo_pages_keep_to_it_and_come_out_the_same_each_time() -> None:
    pages = [p for p in iter_pages(str(DEMO), SETTINGS) if isinstance(p, Page)]
    assert len(pages) >= 60
    again = [p for p in iter_pages(str(DEMO), SETTINGS) if isinstance(p, Page)]
    assert [p.id for p in pages] == [p.id for p in again]
    articles = [open_page(p, SETTINGS) for p in pages]
    for article in articles:
        check(article)
        check_cover(article)
    assert articles == [open_page(p, SETTINGS) for p in reversed(again)][::-1]
