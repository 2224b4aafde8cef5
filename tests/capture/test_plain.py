"""Plain text as people paste it."""

from pathlib import Path

import pytest

from rashomon.capture import article_from_text
from tests.capture.pages import FIRST, PROSE, SECOND, THIRD, capture, passages_of, texts_of

PASTED = f"""Two shot in Tarn

By Aro Teme, 3 March 2011

{FIRST}

{SECOND}

Photo: The market of Tarn

{THIRD}

New Articles

Ferry robbed at night

Masked men boarded the ferry to Sanu on Friday and took the till with...

Reed Front names new leader

The front has a new leader, the third in as many months, after a meeting in the hills.

Most viewed

Bishop calls for calm

He spoke in the cathedral on Sunday to some four hundred...

Salt price rises again

Traders in Sanu paid nine crowns for a sack on Tuesday, one more than a week ago...

2 comments

They had it coming, if you ask me.
"""


def test_sections_are_found_from_the_text_itself() -> None:
    article = capture(PASTED)
    assert article.text == "\n\n".join(PROSE)
    assert article.title == "Two shot in Tarn"
    assert article.byline == "Aro Teme"
    assert article.published is not None
    assert (article.published.start, article.published.found) == ("2011-03-03", "byline text")
    assert texts_of(article, "article") == [f"{FIRST}\n\n{SECOND}", THIRD]
    assert texts_of(article, "caption") == ["Photo: The market of Tarn"]
    assert texts_of(article, "comments") == ["2 comments\n\nThey had it coming, if you ask me."]
    assert [(t.list, t.title, t.cut) for t in article.teasers] == [
        ("New Articles", "Ferry robbed at night", True),
        ("New Articles", "Reed Front names new leader", False),
        ("Most viewed", "Bishop calls for calm", True),
        ("Most viewed", "Salt price rises again", True),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(newline: str) -> None:
    assert capture(PASTED.replace("\n", newline).encode()).text == capture(PASTED).text


def test_an_unnamed_list_is_one_if_its_summaries_break_off() -> None:
    pairs = "\n\n".join(f"Story number {i}\n\nThe summary of it is longer than that and..." for i in range(4))
    article = capture(f"{FIRST}\n\n{SECOND}\n\nFrom the harbour\n\n{pairs}")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert [t.list for t in article.teasers] == ["From the harbour"] * 4


def test_headings_in_an_article_are_no_teaser_list() -> None:
    text = "\n\n".join(f"Chapter {i}\n\n{p} {p}" for i, p in enumerate(PROSE * 2))
    article = capture(f"Report\n\n{text}")
    assert article.teasers == ()
    assert all(p in article.text for p in PROSE)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Two fishermen were shot dead in the market of\nTarn on Monday morning, the harbour police of the town\nsaid."
    )
    assert passages_of(capture(f"{text}\n\n{SECOND}\n\n{THIRD}"))[0] == ("", text)


def test_a_list_that_runs_on_in_a_paragraph() -> None:
    lead = "The report tells of several acts, including:"
    acts = 'a. In Tarn, "two" men were shot. They died. b. In Sanu, a bank was burned; c. Nobody was tried.'
    text = f"{FIRST} {lead} {acts}"
    article = capture(text)
    items = [p for p in article.passages if p.kind == "item"]
    assert [(p.marker, article.text[p.start_char : p.end_char]) for p in items] == [
        ("a.", 'In Tarn, "two" men were shot.'),
        ("a.", "They died."),
        ("b.", "In Sanu, a bank was burned;"),
        ("c.", "Nobody was tried."),
    ]
    assert {article.text[slice(*p.lead)] for p in items if p.lead} == {lead}


@pytest.mark.parametrize(
    "markers", [("1)", "2)", "3)"), ("i.", "ii.", "iii."), ("-", "-", "-"), ("(a)", "(b)", "(c)"), ("•", "•", "•")]
)
def test_kinds_of_lists_on_lines_of_their_own(markers: tuple[str, ...]) -> None:
    items = "\n".join(f"{m} In place {i}, men were shot." for i, m in enumerate(markers))
    article = capture(f"{FIRST}\n\nThe report names three acts:\n{items}\n\n{SECOND}")
    found = [p for p in article.passages if p.kind == "item"]
    assert [p.marker for p in found] == list(markers)
    assert [article.text[p.start_char : p.end_char] for p in found] == [
        f"In place {i}, men were shot." for i in range(3)
    ]
    assert {article.text[slice(*p.lead)] for p in found if p.lead} == {"The report names three acts:"}
    assert [t for m, t in passages_of(article) if not m] == [FIRST, "The report names three acts:", SECOND]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Aro Teme of the U.N. was shot by Lt. Bane at 5 p.m. on Monday.", 1),
        ("He was shot. She was not.", 2),
        ('"They shot him!" she said. "Why?"', 2),
        ("At 3.5 km from Tarn, J. B. Keth died. No. 4 did too.", 2),
        ("He fell ... and rose.", 1),
        ("She lives in the U.S. The army denied it.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(article_from_text(text).passages) == count


def test_a_text_that_is_read_without_a_case_stays_as_it_is() -> None:
    article = article_from_text(PASTED, "p1")
    assert article.text == PASTED
    told = {article.text[p.start_char : p.end_char] for p in article.passages}
    assert set(PROSE) <= told
    assert not any("ferry" in t for t in told)
    assert [t.list for t in article.teasers] == ["New Articles"] * 2 + ["Most viewed"] * 2


CAMP_PAGE = Path(__file__).parents[3] / "shared" / "data" / "pages" / "camp-page.txt"


@pytest.mark.data
@pytest.mark.skipif(not CAMP_PAGE.exists(), reason="needs ../shared/data")
def test_a_real_pasted_page() -> None:
    article = capture(CAMP_PAGE.read_bytes())
    lists = [t.list for t in article.teasers]
    assert lists == ["New Articles"] * 5 + ["Most viewed"] * 5
    assert not any(t.title in article.text for t in article.teasers)
    lettered = [p for p in article.passages if p.marker not in ("", "-")]
    assert list(dict.fromkeys(p.marker for p in lettered)) == ["a.", "b.", "c.", "d.", "e.", "f."]
    (lead,) = {article.text[slice(*p.lead)] for p in lettered if p.lead}
    assert all(p.lead for p in lettered)
    assert lead.endswith("destroyed, including:")
