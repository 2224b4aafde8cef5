"""What pasted text says of itself: title, byline, outlet and date, each with how it was found."""

import pytest

from rashomon.capture.head_lines import is_stamp
from tests.capture.pages import PROSE, capture

BODY = "\n\n".join(PROSE)
TITLED = "Two shot in Tarn\n\n"


@pytest.mark.parametrize(
    ("page", "outlet", "found", "published", "how"),
    [
        (f"Source: Belu Post\nDate: 3 March 2011\n\n{BODY}", "Belu Post", "source line", "2011-03-03", "byline text"),
        (f"BELU POST\n\n3 March 2011 Thu\n\n{TITLED}{BODY}", "BELU POST", "first line", "2011-03-03", "byline text"),
        (f"Two shot in Tarn | Belu Post\n\n{BODY}", "Belu Post", "title line", None, None),
        (f"https://post.example/2011/03/03/two\n\n{TITLED}{BODY}", "post.example", "url in text", "2011-03-03", "url"),
        (f"{BODY}\n\n© 2009-2011 Belu Post. All rights reserved.", "Belu Post", "copyright line", None, None),
        (f"To the people of the coast\n\n{BODY}\n\nKeth, 3 March 2011", None, None, "2011-03-03", "signature line"),
        (f"Two shot in Tarn\n\nLast updated: 3 March 2011, 18:20\n\n{BODY}", None, None, "2011-03-03", "updated line"),
        (f"{TITLED}Updated 4 March 2011 | Published 3 March 2011\n\n{BODY}", None, None, "2011-03-03", "byline text"),
        (f"Two shot in Tarn\n\n{BODY}", None, None, None, None),
    ],
)  # fmt: skip
def test_outlet_and_date(
    page: str, outlet: str | None, found: str | None, published: str | None, how: str | None
) -> None:
    article = capture(page)
    assert (article.outlet, article.outlet_found) == (outlet, found)
    said = article.published
    assert (said and said.start, said and said.found) == (published, how)
    assert article.text.startswith(PROSE[0])


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("By Aro Teme", "Aro Teme"),
        ("By\nAro Teme\n-\nMarch 3, 2011", "Aro Teme"),
        ("BYLINE: Aro Teme", "Aro Teme"),
        ("March 3, 2011 by Aro Teme", "Aro Teme"),
        ("3 March 2011", None),
    ],
)
def test_byline(head: str, byline: str | None) -> None:
    article = capture(f"Two shot in Tarn\n{head}\n" + "\n".join(PROSE))
    assert (article.title, article.byline) == ("Two shot in Tarn", byline)
    assert article.text == "\n".join(PROSE)


def test_lines_with_labels_around_an_archived_text_are_no_article() -> None:
    above = "Title: Two shot in Tarn\nAuthor: Aro Teme\nSECTION: NEWS; Pg. 4\nLENGTH: 41 words"
    article = capture(f"{above}\n\n{BODY}\n\nLOAD-DATE: March 4, 2011\n\nLANGUAGE: ENGLISH")
    assert (article.title, article.byline, article.text) == ("Two shot in Tarn", "Aro Teme", BODY)


@pytest.mark.parametrize(
    "line",
    ["Aro Teme | March 3, 2011", "Posted on March 3, 2011 by admin", "2 days ago", "03 Mar 2011 14:05",
     "March 3, 2011 | 4 comments",
     "Thursday, 3 March 2011 09:30", "Updated 2:30 pm IST, March 3, 2011", "2011-03-03T14:05:00Z",
     "By Aro Teme and Ina Rell"],
)  # fmt: skip
def test_lines_of_date_and_byline(line: str) -> None:
    assert is_stamp(line)


@pytest.mark.parametrize(
    "line", ["Salt Guard", "By land and by sea", "by the river", "Two shot on 3 March 2011", "Shot by soldiers"]
)
def test_lines_that_say_more_than_that(line: str) -> None:
    assert not is_stamp(line)
