"""Lines that stand beside a headline: bylines, dates, times, counts, and lines with a label ("Source: ...").

In: a line. Out: whether it is one. Never: the date itself, nor a sentence that holds one.

A line is cut at its separators, and every piece is looked at by itself: no pattern sees more than one piece.
"""

import re

_LONGEST = 220
_MOST_WORDS = 25
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH}(?:[\s-]+\d{{2,4}})?|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{4}}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{2,4}}|(?:19|20)\d\d)"
)
_CLOCK = r"(?:\d{1,2}(?:[:.h]\d{2}){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
_ZONE = r"(?:[A-Z]{1,4}(?:[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d{2}:?\d{2}|hrs|local(?:\s+time)?)"
_UNIT = r"(?:sec(?:ond)?|min(?:ute)?|h(?:ou)?r|h|d|day|week|wk|w|month|mo|year|yr|y)s?"
_AGO = rf"(?:(?:an?|\d+)\s*{_UNIT}\s+ago|yesterday|just\s+now)"
_WHEN = re.compile(
    rf"(?:{_WEEKDAY}\s*)?(?:(?:at\s+|@\s*)?{_CLOCK}\s*{_ZONE}?(?:\s+(?:on\s+)?(?:{_WEEKDAY}\s+)?{_DATE})?"
    rf"|{_DATE}(?:(?:\s+(?:at\s+|@\s*|-\s*)?|T){_CLOCK}\s*{_ZONE}?)?(?:\s+{_WEEKDAY})?|{_AGO}|{_WEEKDAY})",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(
    r"(?:(?:first\s+|originally\s+|last\s+)?(?:published|posted|created|written|submitted|added|updated|modified|edited|release[d]?)"
    r"(?:\s+(?:on|at|in))?|date|on)\s*:?\s*",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:(?:posted|published|written|submitted|reported|story|text|reporting)\s+)?(?:by|author|reporter|correspondent|writer)\b\s*:?\s*"
    r"(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’&-]*){0,6}|admin)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d+\s+(?:comments?|views?|shares?|min(?:ute)?s?\s+read|words)", re.IGNORECASE)
_NAME = re.compile(r"(?:by\s+)?[^\W\d_a-z][\w.'’-]*(?:\s+(?:and|&|de|al|el|van|von|bin|of|[^\W\d_a-z][\w.'’&-]*)){0,5}")
_CUT = re.compile(r"\s*[|·•,;–—()\[\]•]\s*|\s+[-/]\s+|\s+(?=by\s+[A-Z])|\s+(?=(?:last\s+)?updated\b)", re.IGNORECASE)
LABELLED = re.compile(
    r"^\s*(?P<label>byline|section|length|dateline|load-date|language|publication(?:-type)?|source|date|author|url|link|outlet"
    r"|newspaper|headline|title|word\s+count|accessed|retrieved(?:\s+from)?|published|publisher|website)\s*:\s*(?P<value>\S.*?)\s*$",
    re.IGNORECASE,
)
"""A line with a label, as press archives and careful people write above a text."""


def is_stamp(line: str) -> bool:
    """Whether a line holds date, time, byline or counts and hardly more: it may stand above or below any title.

    >>> is_stamp("Aro Teme | March 3, 2011 at 14:05"), is_stamp("2 days ago"), is_stamp("He died on 3 March 2011.")
    (True, True, False)
    """
    return bool(kinds_of(line) & {"when", "by", "count"})


def kinds_of(line: str) -> frozenset[str]:
    """What a line's pieces are: `when`, `by`, `count`, `name`; empty where one of them is none of these."""
    line = line.strip(" \t*_|-–—•·,;")
    if not line or len(line) > _LONGEST or len(line.split()) > _MOST_WORDS or "\n" in line:
        return frozenset()
    found = []
    for piece in _CUT.split(line):
        if piece := piece.strip(" .:"):
            kind = _kind_of(piece)
            if not kind:
                return frozenset()
            found.append(kind)
    names = found.count("name")
    return frozenset(found) if names <= 2 and names < len(found) else frozenset()


def _kind_of(piece: str) -> str:
    says = _SAYS_WHEN.match(piece)
    if _WHEN.fullmatch(piece[says.end() :] if says else piece) or (says and says.end() == len(piece)):
        return "when"
    if (m := _BY.fullmatch(piece)) and _is_name(m["name"]):
        return "by"
    if _COUNT.fullmatch(piece):
        return "count"
    return "name" if _NAME.fullmatch(piece) else ""


def _is_name(words: str) -> bool:
    """Whether this may be a person or agency: in capitals, but for a word or two."""
    return words == "admin" or sum(w[0].islower() for w in words.split()) <= min(2, len(words.split()) - 1)
