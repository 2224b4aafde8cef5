"""HTML pages: what is the article, and what stands around it."""

import pytest

from tests.capture.pages import FIRST, PROSE, SECOND, THIRD, capture, html, paragraphs, passages_of, texts_of

MENU = "<nav><ul><li><a href=/n>News</a></li><li><a href=/s>Sport and harbour</a></li></ul></nav>"
FOOT = "<footer><p>© 2012 The Tarn Tide, all rights reserved. Written in four kitchens.</p></footer>"


def teaser_list(name: str, *entries: tuple[str, str]) -> str:
    items = "".join(f"<li><a href='/{i}'><h4>{t}</h4></a><p>{s}</p></li>" for i, (t, s) in enumerate(entries))
    return f"<section><h3>{name}</h3><ul>{items}</ul></section>"


RELATED = teaser_list(
    "Related stories",
    ("Ferry robbed at night", "Masked men boarded the ferry to Sanu on Friday and took the till with..."),
    ("Reed Front names new leader", "The front has a new leader."),
)
VIEWED = teaser_list(
    "Most viewed",
    ("Bomb at the customs house kills four", "Four died on Sunday."),
    ("Bishop calls for calm on the island", "He spoke in the cathedral…"),
    ("Salt price rises for the third week", ""),
)


def test_article_is_kept_apart_from_what_surrounds_it() -> None:
    page = html(
        f"{MENU}<main><article><h1>Two shot in Tarn</h1>{paragraphs(PROSE[:2])}"
        f"<figure><img src=a><figcaption>The market of Tarn in 2009</figcaption></figure>"
        f"{paragraphs([THIRD])}</article>"
        f"{RELATED}<div id=comments><h3>2 comments</h3><div class=comment>"
        f"<p>They had it coming, if you ask me.</p></div></div></main><aside>{VIEWED}</aside>{FOOT}"
    )
    article = capture(page)
    assert article.text == "\n\n".join(PROSE)
    assert article.title == "Two shot in Tarn"
    assert texts_of(article, "caption") == ["The market of Tarn in 2009"]
    assert "They had it coming, if you ask me." in "\n".join(texts_of(article, "comments"))
    around = "\n".join(texts_of(article, "boilerplate"))
    assert "Sport and harbour" in around
    assert "four kitchens" in around


def test_teaser_lists_have_names_titles_summaries_and_cuts() -> None:
    article = capture(html(f"<article>{paragraphs()}</article>{RELATED}<aside>{VIEWED}</aside>"))
    assert [(t.list, t.title, t.cut, t.url) for t in article.teasers] == [
        ("Related stories", "Ferry robbed at night", True, "/0"),
        ("Related stories", "Reed Front names new leader", False, "/1"),
        ("Most viewed", "Bomb at the customs house kills four", False, "/0"),
        ("Most viewed", "Bishop calls for calm on the island", True, "/1"),
        ("Most viewed", "Salt price rises for the third week", False, "/2"),
    ]
    assert article.teasers[1].summary == "The front has a new leader."
    assert article.teasers[4].summary == ""
    assert [s.name for s in article.sections if s.kind == "teasers"] == ["Related stories", "Most viewed"]


@pytest.mark.parametrize(
    "entry",
    [
        "<div class=item><h4><a href=/{i}>{t}</a></h4><p>{s}</p></div>",
        "<p><a href=/{i}><strong>{t}</strong></a><br>{s}</p>",
        "<a href=/{i}><div>{t}</div><div>{s}</div></a>",
        "<article><a href=/{i}>{t}</a> <span>{s}</span></article>",
        "<h4><a href=/{i}>{t}</a></h4><p>{s}</p>",
    ],
)
def test_a_teaser_list_in_the_middle_of_the_article_cuts_it_in_two(entry: str) -> None:
    told = [("Bomb at the customs house kills four", "Four died on Sunday at the customs house, a guard said...")] * 3
    listed = "".join(entry.format(i=i, t=t, s=s) for i, (t, s) in enumerate(told))
    page = (
        f"<article><h1>T</h1>{paragraphs([FIRST])}<div><h3>Read more</h3>{listed}</div>{paragraphs([SECOND])}</article>"
    )
    article = capture(html(page))
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert texts_of(article, "article") == [FIRST, SECOND]
    assert [(t.list, t.title, t.cut) for t in article.teasers] == [("Read more", told[0][0], True)] * 3
    at = next(s for s in article.sections if s.kind == "teasers")
    assert at.start_char == at.end_char == len(FIRST)


def test_a_lone_pointer_to_another_article_is_a_teaser() -> None:
    pointer = "<p>Read also: <a href=/bomb>Bomb at the customs house kills four</a></p>"
    article = capture(html(f"<article>{paragraphs([FIRST])}{pointer}{paragraphs([SECOND, THIRD])}</article>"))
    assert article.text == "\n\n".join(PROSE)
    assert [(t.title, t.url) for t in article.teasers] == [("Bomb at the customs house kills four", "/bomb")]


def test_links_in_prose_stay_in_the_article() -> None:
    linked = "<p>The <a href=/front>Reed Front</a> denied it; the <a href=/mayor>mayor of the town</a> did not.</p>"
    items = "<ul><li>Two men in the <a href=/m>market of Tarn</a> were shot dead.</li>"
    items += "<li>One of them had been seen.</li></ul>"
    article = capture(html(f"<article>{paragraphs()}{linked}{items}</article>"))
    assert "The Reed Front denied it; the mayor of the town did not." in article.text
    assert article.text.endswith("- Two men in the market of Tarn were shot dead.\n- One of them had been seen.")
    assert article.teasers == ()


def test_a_menu_is_no_teaser_list() -> None:
    menu = "<div class=menu><h3>Sections</h3><ul>" + "<li><a href=/x><b>Politics</b></a></li>" * 6 + "</ul></div>"
    assert capture(html(f"{menu}<article>{paragraphs()}</article>")).teasers == ()


def test_an_index_page_is_kept_without_an_article() -> None:
    article = capture(html(f"{MENU}<h1>The Tarn Tide</h1>{RELATED}{VIEWED}{FOOT}"))
    assert article.text == ""
    assert article.passages == ()
    assert texts_of(article, "article") == []
    assert [t.list for t in article.teasers] == ["Related stories"] * 2 + ["Most viewed"] * 3
    assert article.language == "en"


def test_cards_right_in_the_body_are_an_index_page() -> None:
    titles = ["Ferry robbed at night", "Reed Front names new leader", "Why the Strait matters"] * 3
    cards = "".join(
        f"<div><h2><a href=/{i}>{t}</a></h2><p>Masked men took the...</p></div>" for i, t in enumerate(titles)
    )
    article = capture(html(f"<h1><a href=/>The Tarn Tide</a></h1>{cards}"))
    assert article.text == ""
    assert [t.title for t in article.teasers] == titles


def test_a_line_of_links_above_the_headline_is_no_paragraph() -> None:
    links = "<p><a href=/>Committee of Tarn</a> | <a href=/r>Reports</a> | <a href=/c>Contact</a></p>"
    article = capture(html(f"{links}<h1>Two shot in Tarn</h1><p>3 March 2011</p>{paragraphs()}"))
    assert article.text == "\n\n".join(PROSE)
    assert article.published is not None
    assert article.published.start == "2011-03-03"


def test_text_between_elements_is_not_lost() -> None:
    body = f"{FIRST}<br><br>{SECOND} <b>Nobody</b> else did.<br><br>And then:<p>{THIRD}</p>The end of it came at noon."
    article = capture(html(f"<h1>T</h1><div class=story>{body}</div>"))
    assert article.text.split("\n\n") == [
        FIRST, f"{SECOND} Nobody else did.", "And then:", THIRD, "The end of it came at noon.",
    ]  # fmt: skip


def test_a_signature_below_the_text_belongs_to_it() -> None:
    body = f"<br><br>{FIRST}<br><br>{SECOND}<br><br>For the command,<br>Othal Bane, captain"
    article = capture(html(f"<h1>T</h1><div class=text>{body}</div><div>The Tide of Tarn</div>"))
    assert article.text == f"{FIRST}\n\n{SECOND}\n\nFor the command, Othal Bane, captain"


def test_scripts_styles_and_hidden_words_are_no_text() -> None:
    page = f"<article><script>var a = 'shot';</script><style>p {{}}</style>{paragraphs()}<!-- not this --></article>"
    article = capture(html(page))
    assert article.text == "\n\n".join(PROSE)
    assert not any("shot'" in s.text or "not this" in s.text for s in article.sections)


def test_lists_in_an_article_become_passages_with_their_lead() -> None:
    body = "<p>The report names three incidents:</p><ol type=a><li>In Tarn, two men were shot. They died.</li>"
    body += "<li>In Sanu, a bank was burned.</li></ol><p>The army has not answered.</p>"
    article = capture(html(f"<article>{paragraphs()}{body}</article>"))
    lead = "The report names three incidents:"
    items = [(p.marker, article.text[slice(*p.lead)]) for p in article.passages if p.kind == "item" and p.lead]
    assert items == [("a.", lead), ("a.", lead), ("b.", lead)]
    assert passages_of(article)[-1] == ("", "The army has not answered.")
    assert passages_of(article)[-2] == ("b.", "In Sanu, a bank was burned.")


def test_headings_stay_only_above_text_of_the_article() -> None:
    page = f"<article><h2>What is known</h2>{paragraphs()}<h2>Follow us</h2></article>{RELATED}"
    assert capture(html(page)).text == "What is known\n\n" + "\n\n".join(PROSE)


def test_a_page_in_another_language_is_kept_without_passages() -> None:
    words = "Deux pêcheurs ont été tués par balle lundi matin sur le marché de la ville, a annoncé la police du port. "
    article = capture(html(f"<article><p>{words * 2}</p><p>{words}</p></article>"))
    assert article.language == "fr"
    assert words.strip() in article.text
    assert article.passages == ()


def test_charsets() -> None:
    page = html("<article><p>Señor Ibáñez was shot dead in the café of Tarn on Monday, police said.</p></article>" * 2)
    for raw in (
        page.replace("utf-8", "windows-1252").encode("windows-1252"),
        page.encode(),
        b"\xef\xbb\xbf" + page.encode(),
        b"\xff\xfe" + page.encode("utf-16-le"),
    ):
        assert "Señor Ibáñez was shot dead in the café" in capture(raw).text
