"""GDELT mentions: one row a telling, tab-separated like GDELT's own, with a header.

In: told incidents. Out: rows of 16 columns. Never: a tone (we do not score any), nor GDELT's own event numbers:
GlobalEventID is our incident's id.

Offsets count code points of the article's text; ActionCharOffset is where the telling begins. MentionTimeDate is when
the page was captured; when it was published, who copies from whom and the hash stand in Extras.
"""

import re
from collections.abc import Iterator

from rashomon.present.exports import summary as told_as
from rashomon.present.exports.clean import web_address
from rashomon.present.exports.sheets import Row
from rashomon.present.exports.told import Told, ToldIncident

COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

_WEB, _CITATION = 1, 2


def iter_mentions(told: ToldIncident) -> Iterator[Row]:
    """A row for every telling of the incident."""
    time = told_as.tell_time(told)
    when = stamp(time.start) if time else None
    for one in told.tellings:
        yield _mention(told.incident.id, when, one)


def _mention(incident: str, when: str | None, told: Told) -> Row:
    telling, teller = told.telling, told.teller
    doer = telling.perpetrators[0].span.start_char if telling.perpetrators else None
    target = telling.targets[0].span.start_char if telling.targets else None
    return {
        "GlobalEventID": incident,
        "EventTimeDate": when,
        "MentionTimeDate": stamp(teller.captured_at),
        "MentionType": _WEB if web_address(teller.url) else _CITATION,
        "MentionSourceName": teller.name,
        "MentionIdentifier": teller.address,
        "SentenceID": told.sentence,
        "Actor1CharOffset": doer,
        "Actor2CharOffset": target,
        "ActionCharOffset": telling.span.start_char,
        "InRawText": 1,
        "Confidence": round(telling.score * 10) * 10,
        "MentionDocLen": teller.chars,
        "MentionDocTone": None,
        "MentionDocTranslationInfo": None,
        "Extras": _extras(told),
    }


def _extras(told: Told) -> str:
    telling, teller = told.telling, told.teller
    published = teller.published.start if teller.published else ""
    return ";".join((
        f"telling={telling.id}", f"page={teller.page}", f"sha256={teller.sha256}",
        f"char={telling.span.start_char},{telling.span.end_char}", f"origin={told.origin}",
        f"types={','.join(telling.types)}", f"stance={telling.stance}", f"stage={telling.stage}",
        f"published={published}", f"judged={','.join(told.judged)}",
    ))  # fmt: skip


def stamp(moment: str) -> str:
    """An ISO date or moment as GDELT writes it; what is not told is 01 or 00.

    >>> stamp("2024-05-01T09:30:00Z"), stamp("2019-03")
    ('20240501093000', '20190301000000')
    """
    digits = re.sub(r"\D", "", moment.partition("+")[0])[:14]
    return digits + "00000101000000"[len(digits) :] if len(digits) >= 4 else ""
