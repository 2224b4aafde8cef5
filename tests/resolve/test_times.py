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
]


@pytest.mark.parametrize(("words", "anchor", "start", "end", "precision"), CASES)
def test_a_time_has_its_bounds_and_precision(
    words: str, anchor: date | None, start: str | None, end: str | None, precision: str
) -> None:
    found = resolve_time(words, anchor)
    assert (found.start, found.end, found.precision) == (start, end, precision)


@pytest.mark.parametrize("words", ["yesterday", "last Tuesday", "3 March", "two days ago", "this week", "at noon"])
def test_what_counts_from_the_day_of_the_text_is_unknown_without_it(words: str) -> None:
    assert resolve_time(words, None).start is None


@pytest.mark.parametrize("words", ["", "once", "they may go", "the same day", "sat down in the hall", "a long time"])
def test_words_that_name_no_time_give_none(words: str) -> None:
    assert resolve_time(words, None).precision == "unknown"


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
