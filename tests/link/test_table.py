"""What of a telling is compared: rows."""

from rashomon.capture import article_from_text
from rashomon.link import LinkRow, link_rows
from rashomon.link.words import FIRST_TIMES, code_of
from rashomon.records import Mention, Reading, Telling
from rashomon.spans import take_span

TEXT = "SENATOR TARO MELIN WAS SHOT DEAD IN OTHIN ON MONDAY. THE POLICE OF OTHIN SEEK TWO MEN."


def row_of(text: str, *named: str) -> LinkRow:
    """The row of a telling of all the text, in which these words are read as names, wherever they stand."""
    article = article_from_text(text, "p1")
    spans = [take_span(text, a, a + len(n)) for n in named for a in range(len(text)) if text.startswith(n, a)]
    whole = take_span(text, 0, len(text))
    told = Telling("t1", "p1", whole, 0.9, ("killing",), (0.9,), "asserts", "accomplished", (whole,), (whole,))
    mentions = tuple(Mention(s, "organisation" if "POLICE" in s.text else "person", 0.9) for s in spans)
    return link_rows(article, Reading("p1", mentions, (told,), (), (), bytes(768)))[0]


def test_a_text_in_capitals_has_the_names_that_were_read_in_it() -> None:
    row = row_of(TEXT, "TARO MELIN", "OTHIN")
    again = code_of("othin") + FIRST_TIMES
    assert row.roster == sorted([code_of(w) for w in ("taro", "melin", "othin")] + [again])


def test_words_that_two_names_share_are_counted_once_and_small_words_not() -> None:
    row = row_of(TEXT, "MELIN", "TARO MELIN", "THE POLICE OF OTHIN", "OTHIN", "TWO MEN")
    assert code_of("melin") + FIRST_TIMES not in row.roster
    assert not {code_of(w) for w in ("two", "men", "police", "the")} & set(row.roster)


def test_where_capitals_tell_names_they_do() -> None:
    row = row_of("Senator Taro Melin was shot dead in Othin. The men fled.", "men")
    assert {code_of(w) for w in ("melin", "othin")} <= set(row.roster)
    assert code_of("men") not in row.roster
