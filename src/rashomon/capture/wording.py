"""How pages word what is not their article: names of teaser lists, comments, captions, menus and notices, date lines.

In: nothing. Out: patterns for a whole block of text. Never: the name of any one page or outlet.
"""

import re
from dataclasses import dataclass

_LONGEST = 600
_THINGS = (
    r"(?:articles?|news|stories|posts?|reports?|headlines?|items|reading|content|links|topics|videos?|coverage|updates?"
    r"|analysis|opinion)"
)
_LIST_NAMES = (
    r"most\s+(?:viewed|read|popular|shared|commented|watched|recent|discussed)",
    r"(?:new|latest|recent|related|similar|popular|top|other|more|trending|featured|recommended|hot|further|today'?s)\s+"
    + _THINGS,
    r"must[- ]read",
    r"(?:related|trending|recommended|elsewhere|headlines|latest|breaking|archives?|popular)(?:\s+(?:now|for\s+you|news))?",
    r"you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in)",
    r"(?:read|see)\s+(?:also|more|next)",
    r"more\s+(?:from|in|on|about|by|like)\b.{0,40}",
    r"also\s+(?:read|on|in)\b.{0,30}",
    r"editor'?s?'?\s+(?:picks?|choice)",
    r"don'?t\s+miss",
    r"up\s+next",
    r"just\s+in",
    r"what\s+others\s+are\s+reading",
    r"in\s+(?:other|this)\s+(?:news|section|issue)",
    r"from\s+(?:the|our)\s+(?:archive|web|partners|blogs?)",
    r"sponsored(?:\s+(?:content|links))?",
)
_COMMENTS = (
    r"(?:\d+\s+)?(?:reader'?s?'?\s+)?(?:comments?|responses?|replies)(?:\s*\(?\d+\)?)?",
    r"leave\s+a\s+(?:reply|comment)",
    r"join\s+the\s+(?:discussion|conversation)",
)
_CAPTIONS = (
    r"(?:(?:file\s+)?photo(?:graph)?|image|picture|caption|fig(?:ure)?\.?\s*\d*|(?:photo\s+)?credit|illustration|map)"
    r"\s*[:/|©].{0,300}",
    r".{0,200}[(\[](?:photo|file\s+photo|image|credit)[^)\]]{0,60}[)\]]",
)
_NOTICES = (
    r"share(?:\s+(?:this|on|via)\b.{0,60})?",
    r"(?:tweet|advertisement|advert|menu|search|home|facebook|twitter|whatsapp|telegram|instagram|youtube|linkedin|reddit)",
    r"(?:print|e-?mail)(?:\s+this)?(?:\s+page)?",
    r"(?:subscribe|sign\s+(?:up|in)|follow\s+us|click\s+here)\b.{0,100}",
    r"(?:log\s*in|register)\b.{0,40}",
    r"(?:skip|back)\s+to\b.{0,40}",
    r"(?:we|this\s+(?:web)?site)\s+uses?\s+cookies\b.{0,300}",
    r"accept(?:\s+all)?(?:\s+cookies)?",
    r"(?:©|copyright\b|\(c\)\s*(?:copyright\b|\d{4})|all\s+rights\s+reserved).{0,200}",
    r"(?:privacy\s+policy|terms\s+(?:of|and)\b|contact\s+us|about\s+us).{0,100}",
    r"\d+\s+(?:views?|shares?|likes?)",
    r"download\s+(?:the\s+)?(?:app|pdf).{0,40}",
    r"(?:tags?|categor(?:y|ies)|filed\s+under)\s*:.{0,200}",
    r"(?:previous|next)(?:\s+(?:article|post))?",
    r"(?:loading|reading\s+time).{0,30}",
    r"\d+\s+min(?:utes?)?\s+read",
    r"listen\s+to\s+this\b.{0,40}",
)
_DAY = r"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?"
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_HEADS = (
    r"by\s+[\w.'’ ,|·/:-]{3,80}",
    r"(?:published|posted|updated|last\s+(?:updated|modified))\b.{0,80}",
    _DAY + _DATE + r".{0,40}",
)
_DRESSING = (
    r"by\s+[A-Z][\w.'’ -]{2,60}",
    r"(?:published|posted|updated|last\s+(?:updated|modified))\b.{0,80}",
    r"share(?:\s+this)?.{0,40}",
    r"advertisement",
    r"read\s+(?:more|also)\s*:.{0,200}",
    r"(?:©|copyright).{0,160}",
    r"\d+\s+comments?",
    r"tags?\s*:.{0,160}",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern for a block that is one of some wordings and nothing else but punctuation at its edges."""

    pattern: re.Pattern[str]

    def match(self, block: str) -> re.Match[str] | None:
        """The match of the whole block; none for a block that is longer than any such wording."""
        return self.pattern.match(block) if len(block) <= _LONGEST else None


def _whole(patterns: tuple[str, ...]) -> Wording:
    return Wording(re.compile(r"^\W*(?:" + "|".join(patterns) + r")\W*$", re.IGNORECASE | re.DOTALL))


def is_cut(words: str) -> bool:
    """Whether a title or summary breaks off with an ellipsis, perhaps before a "read more".

    >>> is_cut("Two NATO states ..."), is_cut("He said … (Read more)"), is_cut("He died.")
    (True, True, False)
    """
    return _CUT.search(words[-80:]) is not None


LIST_NAME = _whole(_LIST_NAMES)
COMMENTS_NAME = _whole(_COMMENTS)
CAPTION = _whole(_CAPTIONS)
NOTICE = _whole(_NOTICES)
HEAD_LINE = _whole(_HEADS)
DRESSING = _whole(_DRESSING)
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W*(?:(?:read|see)\s+more|more|continue(?:\s+reading)?)?\W*$", re.IGNORECASE
)
READ_ALSO = re.compile(
    r"^\W*(?P<name>(?:read|see|watch|listen)\s+(?:also|more|next|related)|also\s+read|related(?:\s+\w+)?|more\s+on\s+this"
    r"|recommended|don'?t\s+miss|read|watch)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
