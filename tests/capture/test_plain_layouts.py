"""Teaser lists in pasted pages of many layouts: where they stand, how their entries are set, with and without blank
lines. Whatever the layout, the article keeps its paragraphs and gets none of a teaser's.
"""

import itertools

import pytest

from tests.capture.pages import PROSE, capture, texts_of

TITLES = (
    ("Ferry robbed at night", "Masked men boarded the ferry to Sanu on Friday and took the till with them, a..."),
    ("Reed Front names new leader", "The front has a new leader, the third in as many months, after a meeting."),
    ("Why the Strait Matters", "Aro Teme on the minister's new enthusiasm for the strait and what it means:"),
    ("Bishop calls for calm", "He spoke in the cathedral to four hundred..."),
)
ENTRIES = {
    "title": lambda n, title, summary: [title],
    "pair": lambda n, title, summary: [title, summary],
    "date above": lambda n, title, summary: [f"{n} March 2011", title, summary],
    "date below": lambda n, title, summary: [title, f"March {n}, 2011", summary],
    "title and date": lambda n, title, summary: [title, f"{n} days ago"],
    "byline": lambda n, title, summary: [title, "By Ina Rell", summary],
    "section": lambda n, title, summary: ["Opinion", title, summary],
    "read more": lambda n, title, summary: [title, summary, "Read more »"],
    "count": lambda n, title, summary: [title, summary, f"{n} comments"],
    "bullet": lambda n, title, summary: [f"• {title}"],
    "number": lambda n, title, summary: [f"{n}. {title}"],
    "rank": lambda n, title, summary: [str(n), title],
}
GAPS = ("blank lines", "no blank lines", "entries apart")
HEAD = ("Two shot in Tarn", "By Aro Teme, 3 March 2011")
FOOT = ("Share this article", "Subscribe to our newsletter", "Get the news in your inbox every morning.")


def teaser_list(style: str, gaps: str, name: str) -> str:
    entries = [ENTRIES[style](n, title, summary) for n, (title, summary) in enumerate(TITLES, start=1)]
    if gaps == "entries apart":
        return "\n\n".join([name, *("\n".join(e) for e in entries)])
    return ("\n\n" if gaps == "blank lines" else "\n").join([name, *itertools.chain(*entries)])


@pytest.mark.parametrize("gaps", GAPS)
@pytest.mark.parametrize("style", ENTRIES)
@pytest.mark.parametrize("place", ["above", "between", "below"])
def test_a_named_list_is_kept_out_of_the_article(place: str, style: str, gaps: str) -> None:
    held = teaser_list(style, gaps, "More from this section")
    first, *rest = PROSE
    parts = {
        "above": [held, *HEAD, *PROSE, *FOOT],
        "between": [*HEAD, first, held, *rest, *FOOT],
        "below": [*HEAD, *PROSE, held, *FOOT],
    }[place]
    article = capture(("\n" if gaps == "no blank lines" else "\n\n").join(parts))
    assert [p for p in PROSE if p in article.text] == list(PROSE)
    assert [t.title for t in article.teasers] == [title for title, _ in TITLES]
    assert {t.list for t in article.teasers} == {"More from this section"}
    assert [t.cut for t in article.teasers] == [
        style not in ("title", "title and date", "bullet", "number", "rank") and s.endswith("...") for _, s in TITLES
    ]
    assert article.title == HEAD[0]
    assert article.text.split() == " ".join(PROSE).split()


NAMES = (
    "Most read", "MOST VIEWED", "Latest", "Latest News:", "Related", "Related Articles", "You may also like",
    "Read next",
    "You might also be interested in", "More on this story", "Editors' Picks", "Popular posts", "Recommended for you",
    "In other news", "Top 5 this week", "In case you missed it", "Other articles", "Articles by the same author",
    "Keep reading", "What to read next", "Similar Posts", "Previous articles", "Recently published", "Hot topics",
    "Most commented this week", "Suggested articles", "Also on Belu Post", "Today’s headlines", "From our archive",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_of_lists(name: str) -> None:
    article = capture("\n\n".join([*PROSE, teaser_list("title", "blank lines", name)]))
    assert article.text == "\n\n".join(PROSE)
    assert [t.list for t in article.teasers] == [name.strip(":")] * len(TITLES)


@pytest.mark.parametrize("heading", ["The years of war", "Talks", "A new leader for the coast"])
def test_headings_within_the_article_name_no_list(heading: str) -> None:
    text = "\n\n".join([PROSE[0], heading, PROSE[1], "Further moves", PROSE[2]])
    article = capture(text)
    assert article.text == text
    assert article.teasers == ()


def test_a_page_of_teasers_alone_has_no_article() -> None:
    cut = "\n\n".join(f"{title}\n{summary.rstrip('.:')}..." for title, summary in TITLES)
    article = capture(f"Latest news\n\n{cut}")
    assert article.text == ""
    assert len(article.teasers) == len(TITLES)


def test_what_follows_a_list_is_the_article_again() -> None:
    held = teaser_list("pair", "blank lines", "Related stories")
    text = "\n\n".join(
        [
            *HEAD,
            PROSE[0],
            held,
            "The answer of the front",
            f"{PROSE[1]} {PROSE[1]} {PROSE[1]} {PROSE[1]} {PROSE[1]}",
            PROSE[2],
        ]
    )
    article = capture(text)
    assert PROSE[1] in article.text
    assert "The answer of the front" in article.text
    assert not any(summary in article.text for _, summary in TITLES)


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies to give you the best experience on our website.", "Share on Facebook",
        "Facebook Twitter WhatsApp",
        "Enter your email address", "Tags: Reed Front, Tarn",
        "© 2011 Belu Post. All rights reserved.", "345 views",
        "This entry was posted in Crimes and tagged Reed Front.", "Print this page", "Powered by WordPress",
    ],
)  # fmt: skip
def test_dressing_is_boilerplate(line: str) -> None:
    article = capture("\n\n".join([PROSE[0], line, *PROSE[1:], line]))
    assert article.text == "\n\n".join(PROSE)
    assert texts_of(article, "boilerplate") == [line, line]


@pytest.mark.parametrize(
    "line",
    [
        "We do not use cookies, she said.", "All rights groups on the island condemned the killing.",
        "Nobody was hurt. AFP",
        "“The threat came to my inbox,” said the mayor of Tarn.", "Share prices fell in Sanu.",
        "The police said so (AFP)",
    ],
)  # fmt: skip
def test_what_only_begins_or_ends_like_dressing_stays(line: str) -> None:
    text = "\n\n".join([PROSE[0], line, *PROSE[1:]])
    assert capture(text).text == text


def test_a_count_of_comments_above_the_article_does_not_end_it() -> None:
    article = capture(
        "\n\n".join(["Two shot in Tarn", "4 Comments", *PROSE, "4 Comments", "Ina Rell", "They had it coming."])
    )
    assert article.text == "\n\n".join(PROSE)
    assert texts_of(article, "comments") == ["4 Comments\n\nIna Rell\n\nThey had it coming."]


def test_a_pointer_within_the_article_is_a_teaser() -> None:
    article = capture("\n\n".join([PROSE[0], "READ ALSO: Reed Front names new leader", *PROSE[1:]]))
    assert article.text == "\n\n".join(PROSE)
    assert [(t.list, t.title) for t in article.teasers] == [("READ ALSO", "Reed Front names new leader")]
