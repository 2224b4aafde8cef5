"""What stands in records, in words for people.

In: values of shapes. Out: plain text. Never: markup, nor more precision than was told.
"""

from datetime import date
from urllib.parse import urlsplit

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_PRECISION = {
    "hour": "told to the hour", "day": "told to the day", "week": "told to the week", "month": "told to the month",
    "season": "told to the season", "year": "told to the year", "decade": "told to the decade",
}  # fmt: skip
_PLACE_PRECISION = {
    "site": "a site", "town": "a town", "area": "an area", "region": "a region", "country": "a country",
}  # fmt: skip
VERDICTS = {
    "same": "same happening", "not_same": "not the same happening", "right": "right", "wrong": "wrong",
    "corrected": "corrected", "merged": "incidents merged", "split": "taken out of the incident",
    "redacted": "words redacted", "undone": "undone",
}  # fmt: skip
_FIELDS = {
    "perpetrator": "told to be behind it", "target": "to whom or what", "instrument": "with what", "place": "where",
    "time": "when", "beneficiary": "for whom", "stance": "stance",
}  # fmt: skip


def spell(slug: str) -> str:
    """A word of the vocabularies for people.

    >>> spell("assault_beating"), spell("count_killed"), spell("perpetrator")
    ('assault / beating', 'how many killed', 'told to be behind it')
    """
    if slug in _FIELDS:
        return _FIELDS[slug]
    if slug.startswith("count_"):
        return "how many " + slug.removeprefix("count_")
    return _SPELT.get(slug, slug.replace("_", " "))


_SPELT = {
    "assault_beating": "assault / beating", "torture_interrogation": "torture / interrogation",
    "abduction_hostage": "abduction / hostage-taking", "arrest_detention": "arrest / detention",
    "raid_search": "raid / search", "trial_punishment": "trial / punishment", "extortion_ransom": "extortion / ransom",
    "riot_mob": "riot / mob", "displacement_expulsion": "displacement / expulsion",
    "recruiting_training": "recruiting / training", "arming_funding": "arming / funding",
    "release_surrender": "release / surrender", "told_once": "told once",
}  # fmt: skip


def spell_day(iso: str) -> str:
    """A moment as people write it, as precise as it is given.

    >>> spell_day("2019-03-12"), spell_day("2019-03"), spell_day("2019"), spell_day("2019-03-12T09:30:00Z")
    ('12 March 2019', 'March 2019', '2019', '12 March 2019, 09:30')
    """
    head, _, clock = iso.partition("T")
    parts = head.split("-")
    if not all(part.isdigit() for part in parts) or (len(parts) > 1 and not 1 <= int(parts[1]) <= len(_MONTHS)):
        return iso
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, _MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words) + (f", {clock[:5]}" if clock else "")


def spell_time(start: str | None, end: str | None, precision: str | None) -> str:
    """When, with its precision in words.

    >>> spell_time("2019-03-12", "2019-03-12", "day")
    '12 March 2019'
    >>> spell_time("2019-03-01", "2019-03-31", "month")
    'March 2019 (told to the month)'
    >>> spell_time("2019-07-08", "2019-07-30", "day")
    'between 8 July 2019 and 30 July 2019'
    """
    if start is None:
        return "time not told"
    end = end or start
    told = _PRECISION.get(precision or "", "precision unknown")
    if precision in ("hour", "day"):
        return spell_day(start) if start == end else f"between {spell_day(start)} and {spell_day(end)}"
    if precision == "month" and start[:7] == end[:7]:
        return f"{spell_day(start[:7])} ({told})"
    if precision == "year" and start[:4] == end[:4]:
        return f"{start[:4]} ({told})"
    return f"{spell_day(start)} to {spell_day(end)} ({told})"


def spell_place(precision: str | None, radius_km: float | None, lat: float | None) -> str:
    """How precisely a place is known.

    >>> spell_place("area", 10.0, 1.5), spell_place("town", None, None)
    ('an area of about 10 km around', 'a town, not found in the gazetteer')
    """
    kind = _PLACE_PRECISION.get(precision or "", "not found in the gazetteer")
    if lat is None:
        return kind if kind.startswith("not") else f"{kind}, not found in the gazetteer"
    return f"{kind} of about {radius_km:g} km around" if precision == "area" and radius_km else kind


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "telling"), count(1200, "telling"), count(2, "echo", "echoes")
    ('1 telling', '1,200 tellings', '2 echoes')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def likely(probability: float) -> str:
    """A probability in words and figures.

    >>> likely(0.9995), likely(0.5)
    ('99.9 %', '50 %')
    """
    return f"{min(probability, 0.999) * 100:.3g} %"


def web_address(url: str | None) -> str | None:
    """The address if a person can safely follow it: http and https alone.

    >>> web_address("javascript:alert(1)"), web_address("https://a.example/b")
    (None, 'https://a.example/b')
    """
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def last_day(period: str) -> str:
    """The last day of a year, month or day.

    >>> last_day("2019"), last_day("2024-02"), last_day("2024-02-03")
    ('2019-12-31', '2024-02-29', '2024-02-03')
    """
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return f"{period}-12-31"
    if len(parts) == 2:
        year, month = parts[0] + parts[1] // 12, parts[1] % 12 + 1
        return date.fromordinal(date(year, month, 1).toordinal() - 1).isoformat()
    return period
