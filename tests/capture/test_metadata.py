"""What a page says of itself, and how that was found."""

import pytest

from rashomon.records import PageHints
from tests.capture.pages import FIRST, PROSE, capture, html, paragraphs

ARTICLE = f"<article><h1>Two shot in Tarn</h1>{paragraphs()}</article>"


@pytest.mark.parametrize(
    ("head", "body", "url", "start", "found"),
    [
        ("<meta property='article:published_time' content='2011-03-03T22:10:00+02:00'>", ARTICLE,
         "http://tide.example/2012/01/01/x", "2011-03-03", "meta article:published_time"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",'
         ' "datePublished": "2011-03-03"}]}</script>', ARTICLE, None, "2011-03-03", "json-ld datePublished"),
        ("", f"<article><h1>T</h1><time datetime='2011-03-03'>yesterday</time>{paragraphs()}</article>", None,
         "2011-03-03", "time element"),
        ("", f"<article><h1>T</h1><p class=byline>By Aro Teme, March 3rd, 2011</p>{paragraphs()}</article>", None,
         "2011-03-03", "byline text"),
        ("", f"<div><h1>T</h1><div class=x>Harbour desk, 3 March 2011</div>{paragraphs()}</div>", None,
         "2011-03-03", "byline text"),
        ("", f"<div><h1>T</h1>{paragraphs()}<p>Tarn, 27.8.2011</p></div>", None, "2011-08-27", "byline text"),
        ("", ARTICLE, "http://tide.example/2011/03/03/two-shot", "2011-03-03", "url"),
        ("", ARTICLE.replace("Two fish", "TARN, 3 March 2011 -- Two fish"), None, "2011-03-03", "dateline"),
    ],
)  # fmt: skip
def test_published(head: str, body: str, url: str | None, start: str, found: str) -> None:
    published = capture(html(body, head), url).published
    assert published is not None
    assert (published.start, published.end, published.precision, published.found) == (start, start, "day", found)


def test_a_date_beside_the_article_is_not_in_it() -> None:
    page = f"<div><h1>T</h1><p>Harbour desk, 3 March 2011</p>{paragraphs()}<p>Tarn, 27.8.2011</p></div>"
    assert capture(html(page)).text == "\n\n".join(PROSE)


@pytest.mark.parametrize(
    "around",
    [
        "<div id=today>Tarn, Sunday 3 May 2020, light wind</div>{}",
        "{}<footer>© 2005-2020. Last change 1 May 2020</footer>",
        "{}<aside><h3>Most viewed</h3><ul>"
        "<li><a href=/a>Bomb at the customs house kills four</a> <time>2020-05-01</time>"
        "<li><a href=/b>Bishop calls for calm on the island</a> <time>2020-05-01</time></ul></aside>",
        "{}<div class=comments><div class=comment><span class=date>1 May 2020</span><p>They did it.</p></div></div>",
    ],
)
def test_dates_of_other_things_are_not_the_articles(around: str) -> None:
    assert capture(html(around.format(ARTICLE))).published is None


def test_precision() -> None:
    page = "<article><h1>T</h1><p class=date>{}</p>" + paragraphs() + "</article>"
    month = capture(html(page.format("February 2012"))).published
    either = capture(html(page.format("10/04/2007"))).published
    sure = capture(html(page.format("25/04/2007"))).published
    assert month is not None
    assert (month.start, month.end, month.precision) == ("2012-02-01", "2012-02-29", "month")
    assert either is not None
    assert (either.start, either.end, either.precision) == ("2007-04-10", "2007-10-04", "month")
    assert sure is not None
    assert (sure.start, sure.precision) == ("2007-04-25", "day")
    assert capture(html(page.format("31 April 12"))).published is None


@pytest.mark.parametrize(
    ("head", "body", "outlet", "found", "title"),
    [
        ("<meta property=og:site_name content='The Tarn Tide'><title>Two shot in Tarn - The Tarn Tide</title>",
         ARTICLE, "The Tarn Tide", "meta og:site_name", "Two shot in Tarn"),
        ('<script type="application/ld+json">{"@type": "Article", "headline": "Two shot",'
         ' "publisher": {"name": "Tide"}}</script>', ARTICLE, "Tide", "json-ld publisher", "Two shot"),
        ("<title>Two shot in Tarn | The Tide</title>", ARTICLE, "The Tide", "title element", "Two shot in Tarn"),
        ("<title>The Tide: Two shot in Tarn</title>", ARTICLE, "The Tide", "title element", "Two shot in Tarn"),
        ("<title>Harbour Notes: Two shot</title>",
         f"<h1><a href='/'>Harbour Notes</a></h1><div><h3>Two shot</h3>{paragraphs()}</div>",
         "Harbour Notes", "home link", "Two shot"),
        ("<title>THE TIDE</title>", f"<b>The Tide</b><hr>{ARTICLE}", "THE TIDE", "title element", "Two shot in Tarn"),
        ("<title>Two shot in Tarn</title>", ARTICLE, "tide.example", "url", "Two shot in Tarn"),
        ("<title>Two shot in Tarn | The Tide</title>", f"<h2><a href='/'>The Tide</a></h2>{ARTICLE}",
         "The Tide", "title element", "Two shot in Tarn"),
        ("<title>The Tide - Two shot</title>",
         f"<h2>The Tide</h2><div><b>Two shot</b>{paragraphs()}</div><p>Copyright 1998 The Tide</p>",
         "The Tide", "title element", "Two shot"),
        ("<title>Two shot</title>", f"<div>Two shot</div><div>{paragraphs()}</div>", "tide.example", "url", "Two shot"),
    ],
)  # fmt: skip
def test_outlet_and_title(head: str, body: str, outlet: str, found: str, title: str) -> None:
    article = capture(html(body, head), "http://www.tide.example/x")
    assert (article.outlet, article.outlet_found, article.title) == (outlet, found, title)
    assert article.text == "\n\n".join(PROSE)


def test_a_saved_blog_names_itself_in_the_heading_that_links_to_its_root() -> None:
    body = f"<h1><a href='http://notes.example/'>Harbour Notes</a></h1><h3>Two shot</h3><div>{paragraphs()}</div>"
    article = capture(html(body, "<title>Harbour Notes: Two shot</title>"))
    assert (article.outlet, article.outlet_found, article.title) == ("Harbour Notes", "home link", "Two shot")


def test_the_date_of_a_quoted_post_is_not_the_articles() -> None:
    post = "<blockquote><p>They shot my brother</p>— Ina (@ina) <a href=/t>March 3, 2011</a></blockquote>"
    assert capture(html(f"<article><h1>Two shot</h1>{paragraphs()}{post}</article>")).published is None


def test_nothing_is_made_up() -> None:
    article = capture(html(f"<div>{paragraphs()}</div>"))
    assert (article.title, article.byline, article.outlet, article.outlet_found, article.published) == (None,) * 5
    article = capture(FIRST)
    assert (article.title, article.byline, article.outlet, article.outlet_found, article.published) == (None,) * 5


def test_hints_of_the_carrier() -> None:
    hints = PageHints("Two shot", "Thu, 03 Mar 2011 10:00:00 GMT", "The Tarn Tide")
    for page in (html(f"<article>{paragraphs()}</article>"), "\n\n".join(PROSE)):
        article = capture(page, hints=hints)
        assert (article.title, article.outlet, article.outlet_found) == ("Two shot", "The Tarn Tide", "feed")
        assert article.published is not None
        assert (article.published.start, article.published.found) == ("2011-03-03", "feed")


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("<meta name=author content='Aro Teme'>", "Aro Teme"),
        ("<p class=byline>By Aro Teme | 3 March 2011</p>", "Aro Teme"),
        ("<a rel=author href=/a>Aro Teme</a>", "Aro Teme"),
    ],
)
def test_byline(byline: str, name: str) -> None:
    assert capture(html(f"<article><h1>T</h1>{byline}{paragraphs()}</article>")).byline == name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Zwei Fischer wurden am Montag auf dem Markt der Stadt erschossen, teilte die Hafenpolizei mit. Der"
         " Bürgermeister forderte eine Untersuchung.", "de"),
        ("Dos pescadores fueron asesinados el lunes en el mercado de la ciudad, dijo la policía del puerto. El alcalde"
         " ha pedido una investigación.", "es"),
        ("Двое рыбаков были застрелены в понедельник утром на рынке, сообщила полиция порта. Мэр потребовал"
         " расследования.", "ru"),
        ("Il y a eu deux morts. " + "Les pêcheurs ont été tués sur le marché de la ville par des hommes. " * 3, "fr"),
        (" ".join(PROSE), "en"),
        ("Aro Teme, Ban Keth and Sul Ibáñez were shot in Tarn, Sanu, Kar Ilune and Oss Belin by Reed Front men.", "en"),
        ("12 34 !!", None),
    ],
)  # fmt: skip
def test_language(text: str, language: str | None) -> None:
    article = capture(text)
    assert article.language == language
    assert bool(article.passages) == (language == "en")
