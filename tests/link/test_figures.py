"""Weekdays, days of the year, numbers and repeated words: what they tell of two tellings."""

from dataclasses import replace

from rashomon.link import LinkRow, score_pairs
from rashomon.link.words import FIRST_TIMES, code_of, norm_of, weigh_capitals, weigh_repeated
from tests.link.rows import WORDS, level, make_row

SUNDAY, MONDAY, WEDNESDAY = [6], [0], [2]


def rows(day: int | None = None) -> tuple[LinkRow, LinkRow]:
    return make_row(0, 0, "tarn", day, WORDS[:6], None), make_row(1, 1, "tarn", day, WORDS[:6], None)


def test_weekdays_speak_where_a_date_is_unknown() -> None:
    a, b = rows()
    sunday = replace(a, weekdays=SUNDAY)
    assert level("weekday", sunday, replace(b, weekdays=SUNDAY)) == "same weekday"
    assert level("weekday", sunday, replace(b, weekdays=MONDAY)) == "next weekday"
    assert level("weekday", sunday, replace(b, weekdays=WEDNESDAY)) == "different weekdays"
    assert level("weekday", sunday, b) == "unknown"
    dated, also = rows(738_000)
    assert level("weekday", replace(dated, weekdays=SUNDAY), replace(also, weekdays=WEDNESDAY)) == "unknown"
    # a weekday beside a date is compared with that date's
    assert level("weekday", replace(dated, weekdays=SUNDAY), replace(b, weekdays=SUNDAY)) == "same weekday"


def test_numbers_and_days_of_two_articles_are_compared_by_what_they_share() -> None:
    a, b = rows()
    first = replace(a, numbers=[23, 47, 100, 420], days=[163])
    assert level("numbers", first, replace(b, numbers=[23, 47, 100, 420])) == "over 50 % of the numbers"
    assert level("numbers", first, replace(b, numbers=[23, 48, 101, 421])) == "25 to 35 % of the numbers"
    assert level("numbers", first, replace(b, numbers=[14, 26])) == "under 15 % of the numbers"
    assert level("numbers", first, b) == "unknown"
    assert level("years", replace(a, years=[1997, 2008]), replace(b, years=[2008])) == "over 60 % of the years"
    assert level("years", replace(a, years=[1997]), replace(b, years=[2008])) == "under 1 % of the years"
    assert level("years", replace(a, years=[1997]), b) == "unknown"
    assert level("days", first, replace(b, days=[364])) == "under 1 % of the days"
    assert level("days", first, replace(b, page=a.page, days=[364])) == "unknown"


def test_a_word_that_both_dwell_on_is_shared_more_than_once() -> None:
    told, once = weigh_repeated("zumbel zumbel krant", 9), weigh_repeated("zumbel krant", 9)
    assert sorted(set(told) - set(once)) == [code_of("zumbel") + FIRST_TIMES]
    assert weigh_repeated("zumbel zumbel zumbel zumbel krant", 2)[0] == code_of("zumbel")
    assert len(weigh_repeated("zumbel zumbel zumbel zumbel krant", 2)) == 2


def test_articles_that_name_others_speak_against_one_incident() -> None:
    a, b = rows()
    text = "The men of Othin met Mara Vell. Then the men left Othin, and {} wept."
    first, same, other = (weigh_capitals(text.format(name), 9) for name in ("Mara", "Mara", "Quentin"))
    named = replace(a, roster=first, roster_norm=norm_of(first))
    assert level("roster", named, replace(b, roster=same, roster_norm=norm_of(same))) == "over 55 % of the names"
    apart = [c for c in other if c not in first]
    assert level("roster", named, replace(b, roster=apart, roster_norm=norm_of(apart))) == "under 1 % of the names"
    assert code_of("men") not in first
    assert level("roster", named, replace(b, page=a.page, roster=same)) == "unknown"


def test_a_repetition_brings_nobody_together() -> None:
    a, b = rows()
    again = [code_of("zumbel") + FIRST_TIMES]
    # nothing in common but the repetition of a word
    alone = {"places": [], "within": [], "lat": None, "lon": None, "names": [], "words": []}
    first, second = (replace(r, context=again, **alone) for r in (a, b))
    assert score_pairs([first, second], min_probability=0.0) == []
    word = [code_of("zumbel")]
    assert len(score_pairs([replace(first, context=word), replace(second, context=word)], min_probability=0.0)) == 1
