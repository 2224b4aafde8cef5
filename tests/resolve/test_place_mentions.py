"""Mentions of places: peoples and governments are none, missed names are."""

from rashomon.capture import article_from_text
from rashomon.records import Mention
from rashomon.resolve.gazetteer import Gazetteer
from rashomon.resolve.place_mentions import mend_mentions
from rashomon.spans import take_span

GAZETTEER = Gazetteer()


def kinds(text: str, *words: str) -> dict[str, str]:
    """Kinds by words, after mending, where the reader took `words` for places."""
    read = [Mention(take_span(text, text.index(w), text.index(w) + len(w)), "place", 0.6) for w in words]
    mended = mend_mentions(GAZETTEER, article_from_text(text, "a"), read)
    return {m.span.text: m.kind for m in mended}


def test_a_people_is_no_place() -> None:
    assert kinds("Two Syrian officers fled over the border.", "Syrian") == {"Syrian": "nationality"}
    assert kinds("Two South Korean officers fled over the border.") == {"South Korean": "nationality"}


def test_a_government_that_goes_by_its_capital_is_an_organisation() -> None:
    assert kinds("Tehran denied that it had sent the ship.", "Tehran")["Tehran"] == "organisation"
    assert kinds("A ship from Tehran was seen.", "Tehran")["Tehran"] == "place"
    assert kinds("Bristol said goodbye to its oldest ferry.", "Bristol")["Bristol"] == "place"


def test_a_name_that_the_reader_missed_is_a_mention() -> None:
    text = "Police in Aleppo, Syria, arrested two men on Monday."
    assert kinds(text) == {"Aleppo": "place", "Syria": "place"}


def test_what_the_reader_found_is_kept_as_it_is() -> None:
    text = "Police in the old town of Aleppo, Syria, arrested two men on Monday."
    assert kinds(text, "the old town of Aleppo") == {"the old town of Aleppo": "place", "Syria": "place"}


def test_mending_twice_changes_nothing() -> None:
    article = article_from_text("Tehran denied it. Police in Aleppo, Syria, arrested two Iraqi men.", "a")
    once = mend_mentions(GAZETTEER, article, ())
    assert mend_mentions(GAZETTEER, article, once) == once
