"""Times: calendar dates, ranges, relative ones, and what cannot be known."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.resolve import resolve_time
from rashomon.vocabulary import TIME_PRECISIONS

THURSDAY = date(2024, 5, 16)

CASES = [
    ("3 March 1991", None, "1991-03-03", "1991-03-03", "day"),
    ("March 3rd, 1991", None, "1991-03-03", "1991-03-03", "day"),
    ("the night of 4-5 June 2019", None, "2019-06-04", "2019-06-05", "day"),
    ("between 3 and 5 May", THURSDAY, "2024-05-03", "2024-05-05", "day"),
    ("14 December", THURSDAY, "2023-12-14", "2023-12-14", "day"),
    ("March 1988", None, "1988-03-01", "1988-03-31", "month"),
    ("late February 2024", None, "2024-02-21", "2024-02-29", "week"),
    ("the summer of 1988", None, "1988-06-01", "1988-08-31", "season"),
    ("the 1990s", None, "1990-01-01", "1999-12-31", "decade"),
    ("1988", None, "1988-01-01", "1988-12-31", "year"),
    ("1986-88", None, "1986-01-01", "1988-12-31", "year"),
    ("since 2003", THURSDAY, "2003-01-01", "2024-05-16", "year"),
    ("until March 2010", None, None, "2010-03-31", "month"),
    ("yesterday", THURSDAY, "2024-05-15", "2024-05-15", "day"),
    ("Tuesday morning", THURSDAY, "2024-05-14", "2024-05-14", "day"),
    ("on Thursday", THURSDAY, "2024-05-16", "2024-05-16", "day"),
    ("last Thursday", THURSDAY, "2024-05-09", "2024-05-09", "day"),
    ("two weeks ago", THURSDAY, "2024-04-29", "2024-05-05", "week"),
    ("last month", THURSDAY, "2024-04-01", "2024-04-30", "month"),
    ("ten years ago", THURSDAY, "2014-01-01", "2014-12-31", "year"),
    ("5 May at 14:30", THURSDAY, "2024-05-05", "2024-05-05", "hour"),
    ("13/05/2024", None, "2024-05-13", "2024-05-13", "day"),
    ("05/13/24", None, "2024-05-13", "2024-05-13", "day"),
    ("13.05.2023", None, "2023-05-13", "2023-05-13", "day"),
    ("07-05-2024", None, "2024-05-01", "2024-07-31", "month"),
    ("20240507", None, "2024-05-07", "2024-05-07", "day"),
    ("2023-05-04T12:30:00Z", None, "2023-05-04", "2023-05-04", "hour"),
    ("05/2023", None, "2023-05-01", "2023-05-31", "month"),
    ("4/5", THURSDAY, "2024-04-01", "2024-05-31", "month"),
    ("9/11", None, "2001-09-11", "2001-09-11", "day"),
    ("the night of 3 to 4 May", THURSDAY, "2024-05-03", "2024-05-04", "day"),
    ("3, 7 and 12 May 2023", None, "2023-05-03", "2023-05-12", "day"),
    ("March, April and May 2023", None, "2023-03-01", "2023-05-31", "month"),
    ("the second of May", THURSDAY, "2024-05-02", "2024-05-02", "day"),
    ("on the 12th", THURSDAY, "2024-05-12", "2024-05-12", "day"),
    ("the 20th", THURSDAY, "2024-04-20", "2024-04-20", "day"),
    ("the 10th of last month", THURSDAY, "2024-04-10", "2024-04-10", "day"),
    ("May of last year", THURSDAY, "2023-05-01", "2023-05-31", "month"),
    ("10 May last year", THURSDAY, "2023-05-10", "2023-05-10", "day"),
    ("the end of last month", THURSDAY, "2024-04-21", "2024-04-30", "week"),
    ("earlier this month", THURSDAY, "2024-05-01", "2024-05-16", "month"),
    ("earlier this year", THURSDAY, "2024-01-01", "2024-05-16", "year"),
    ("last May", THURSDAY, "2023-05-01", "2023-05-31", "month"),
    ("last spring", THURSDAY, "2023-03-01", "2023-05-31", "season"),
    ("the winter of 2014-2015", None, "2014-12-01", "2015-02-28", "season"),
    ("the summer of '69", None, "1969-06-01", "1969-08-31", "season"),
    ("the nineties", None, "1990-01-01", "1999-12-31", "decade"),
    ("the first half of 2021", None, "2021-01-01", "2021-06-30", "season"),
    ("the second half of May 2021", None, "2021-05-16", "2021-05-31", "week"),
    ("the first quarter of 2022", None, "2022-01-01", "2022-03-31", "season"),
    ("the first week of May", THURSDAY, "2024-05-01", "2024-05-07", "week"),
    ("the week of 8 May", THURSDAY, "2024-05-06", "2024-05-12", "week"),
    ("between Monday and Wednesday", THURSDAY, "2024-05-13", "2024-05-15", "day"),
    ("from Monday to Friday", THURSDAY, "2024-05-06", "2024-05-10", "day"),
    ("Friday last week", THURSDAY, "2024-05-10", "2024-05-10", "day"),
    ("this Friday", THURSDAY, "2024-05-17", "2024-05-17", "day"),
    ("over the weekend", THURSDAY, "2024-05-11", "2024-05-12", "day"),
    ("New Year's Eve", THURSDAY, "2023-12-31", "2023-12-31", "day"),
    ("half a year ago", THURSDAY, "2023-11-01", "2023-11-30", "month"),
    ("over the last year", THURSDAY, "2023-05-17", "2024-05-16", "year"),
    ("le 7 octobre 2023", None, "2023-10-07", "2023-10-07", "day"),
    ("1er août 2022", None, "2022-08-01", "2022-08-01", "day"),
    ("12 de mayo de 2021", None, "2021-05-12", "2021-05-12", "day"),
    ("3 März 2022", None, "2022-03-03", "2022-03-03", "day"),
    ("15 Ramadan 1445", None, "2024-03-24", "2024-03-26", "day"),
    ("22 Bahman 1357", None, "1979-02-11", "1979-02-11", "day"),
    ("Mehr 1401", None, "2022-09-23", "2022-10-22", "month"),
]


@pytest.mark.parametrize(("words", "anchor", "start", "end", "precision"), CASES)
def test_a_time_has_its_bounds_and_precision(
    words: str, anchor: date | None, start: str | None, end: str | None, precision: str
) -> None:
    found = resolve_time(words, anchor)
    assert (found.start, found.end, found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "words",
    [
        "yesterday", "last Tuesday", "3 March", "two days ago", "this week", "at noon", "Sept. 11", "4/5", "the 12th",
        "May of last year", "10 May last year", "the weekend", "last May", "the first week of May",
    ],
)  # fmt: skip
def test_what_counts_from_the_day_of_the_text_is_unknown_without_it(words: str) -> None:
    assert resolve_time(words, None).start is None


@pytest.mark.parametrize("words", ["", "once", "they may go", "the same day", "sat down in the hall", "a long time"])
def test_words_that_name_no_time_give_none(words: str) -> None:
    assert resolve_time(words, None).precision == "unknown"


@pytest.mark.parametrize(
    "words",
    ["20 years", "for two days", "10 minutes", "the 19th century", "in recent years", "Easter Sunday", "15 Ramadan",
     "the following week", "at 0430", "12 men"],
)  # fmt: skip
def test_lengths_and_days_that_cannot_be_placed_are_no_dates(words: str) -> None:
    assert resolve_time(words, THURSDAY).start is None


@pytest.mark.parametrize("words", ["7 June", "early June", "15-17 June"])
def test_a_year_is_not_guessed_where_the_coming_day_is_nearer_than_the_last(words: str) -> None:
    assert resolve_time(words, THURSDAY).start is None
    assert resolve_time(words, date(2024, 7, 16)).start is not None


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 300))
def test_a_day_without_its_year_is_the_last_such_day(day: date, later: int) -> None:
    anchor = day + timedelta(days=later)
    found = resolve_time(f"{day:%B} {day.day}", anchor).start
    if (day.month, day.day) != (2, 29):
        assert found == day.isoformat()


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 30))
def test_a_weekday_lies_in_the_week_up_to_the_day_of_the_text(anchor: date, back: int) -> None:
    day = anchor - timedelta(days=back)
    found = date.fromisoformat(resolve_time(f"on {day:%A}", anchor).start or "")
    assert found.weekday() == day.weekday()
    assert 0 <= (anchor - found).days < 7


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(1, 25))
def test_a_range_holds_its_first_and_its_last_day(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = resolve_time(f"from {start.day} {start:%B %Y} to {end.day} {end:%B %Y}", None)
    assert (found.start, found.end, found.precision) == (start.isoformat(), end.isoformat(), "day")


def test_figures_whose_day_and_month_could_be_swapped_span_both() -> None:
    found = resolve_time("03/05/2024", None)
    assert found.start is not None
    assert found.end is not None
    assert found.start <= "2024-03-05" <= found.end
    assert found.start <= "2024-05-03" <= found.end


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(0, 900))
def test_a_day_written_out_is_that_day_wherever_it_is_read(day: date, later: int) -> None:
    words = f"{day.day} {day:%B %Y}"
    found = resolve_time(words, day + timedelta(days=later))
    assert (found.start, found.end) == (day.isoformat(), day.isoformat())


@settings(deadline=None)
@given(st.text(max_size=60), st.none() | st.dates(date(1950, 1, 1), date(2030, 1, 1)))
def test_any_words_give_ordered_bounds(words: str, anchor: date | None) -> None:
    found = resolve_time(words, anchor)
    assert found.precision in TIME_PRECISIONS
    if found.start and found.end:
        assert date.fromisoformat(found.start) <= date.fromisoformat(found.end)
