"""What the reader finds as MUC-4 templates, on tellings made by hand."""

import pytest

from bench.muc4_answers import dated, is_incident, lines_of
from rashomon.capture import article_from_text
from rashomon.records import ActorFiller, Mention, PlaceFiller, Reading, TargetFiller, Telling, TimeFiller
from rashomon.spans import Span, take_span

TEXT = """HALLEN, 4 MAR 91 (TORVAY PRESS) -- [TEXT] MASKED MEN OF THE FREEDOM FRONT SHOT MAYOR ADA BREN AND \
THREE SAILORS IN BOGOTA, COLOMBIA, ON 2 MARCH."""
ARTICLE = dated(article_from_text(TEXT, "TST1-MUC3-0001"))


def span(words: str) -> Span:
    at = ARTICLE.text.index(words)
    return take_span(ARTICLE.text, at, at + len(words))


def target(words: str, kind: str, *others: str) -> TargetFiller:
    return TargetFiller(span(words), kind, 0.9, "killed", (span(words), *map(span, others)))


def telling(**more: object) -> Telling:
    given: dict[str, object] = {
        "perpetrators": (
            ActorFiller(span("MASKED MEN"), "group", 0.9, "nonstate"),
            ActorFiller(span("FREEDOM FRONT"), "organisation", 0.9, "nonstate"),
        ),
        "targets": (target("ADA BREN", "official", "MAYOR"), target("THREE SAILORS", "civilian")),
        "places": (PlaceFiller(span("BOGOTA"), "town", 0.9, country="CO"),),
        "time": TimeFiller(span("2 MARCH"), 0.9, "1991-03-02", "1991-03-02", "day"),
    }
    shot = span("SHOT")
    return Telling("t", "p", shot, 0.9, ("killing",), (0.9,), "asserts", "accomplished", (shot,), (), **(given | more))  # type: ignore[arg-type]


READING = Reading("p", mentions=(Mention(span("ADA BREN"), "person", 0.9),))


def test_the_dateline_dates_the_article() -> None:
    assert ARTICLE.published is not None
    assert (ARTICLE.published.start, ARTICLE.published.found) == ("1991-03-04", "dateline")
    assert dated(article_from_text("No date stands here.", "x")).published is None


def test_a_telling_as_lines() -> None:
    found = lines_of(telling(), ARTICLE, READING, "")
    assert found["inc-date"] == ["02 MAR 91"]
    assert found["inc-loc"] == ["COLOMBIA: BOGOTA (CITY)"]
    assert found["inc-type"] == ["ATTACK"]
    assert found["perp-inc-cat"] == ["TERRORIST ACT"]
    assert found["perp-ind-id"] == ['"MASKED MEN"']
    assert found["perp-org-conf"] == ['REPORTED AS FACT: "FREEDOM FRONT"']
    assert found["hum-tgt-name"] == ['"ADA BREN"']
    assert found["hum-tgt-desc"] == ['"MAYOR": "ADA BREN"', '"THREE SAILORS"']
    assert found["hum-tgt-type"] == ['GOVERNMENT OFFICIAL: "ADA BREN"', 'CIVILIAN: "THREE SAILORS"']
    assert found["hum-tgt-num"] == ['1: "ADA BREN"', '3: "THREE SAILORS"']
    assert found["hum-tgt-effect"] == ['DEATH: "ADA BREN"', 'DEATH: "THREE SAILORS"']


def test_without_a_date_it_was_by_the_day_of_the_message() -> None:
    assert lines_of(telling(time=None), ARTICLE, READING, "")["inc-date"] == ["- 04 MAR 91"]


def test_without_a_place_it_was_in_the_country_of_the_message() -> None:
    assert lines_of(telling(places=()), ARTICLE, READING, "PE")["inc-loc"] == ["PERU"]


@pytest.mark.parametrize("more", [{"types": ("protest",)}, {"targets": ()}, {"stance": "denies"}])
def test_what_is_no_incident_of_muc4(more: dict[str, object]) -> None:
    given = {name: getattr(telling(), name) for name in Telling.__slots__}
    assert is_incident(telling())
    assert not is_incident(Telling(**(given | more)))
