"""How pages word what is not their article: names of teaser lists, comments, captions, links to go on.

In: nothing. Out: patterns for a whole block of text. Never: the name of any one page or outlet.
"""

import re
from dataclasses import dataclass

_LONGEST = 600
_THINGS = (
    r"(?:articles?|news|stor(?:y|ies)|posts?|reports?|headlines?|items?|reads?|reading|content|links?|topics?|videos?|coverage"
    r"|updates?|analys[ie]s|opinions?|entries|pieces|features?|picks?|publications|interviews?|columns?)"
)
_SORTS = (
    r"(?:new(?:est)?|latest|last|recent(?:ly)?|related|similar|popular|top|best|other|more|trending|featured|recommended"
    r"|suggested|hot|hottest|further|previous|earlier|older|breaking|must|key|selected|today['’]?s|(?:this|last)\s+week['’]?s"
    r"|weekly|daily|our|your|editor['’]?s?['’]?|most\s+\w+|published|world|local|random|archived|\d{1,2})"
)
_WHERE = r"(?:\s+(?:in|on|from|by|about|of|for|this|today|now|right\s+now|you)\b.{0,40})?"
_LIST_NAMES = (
    r"(?:the\s+)?most[\s-]+(?:viewed|read|popular|shared|commented|watched|recent|discussed|visited|clicked|liked|e-?mailed|searched)"
    + _WHERE,
    rf"(?:the\s+)?(?:{_SORTS}\s+){{1,3}}{_THINGS}(?:\s+(?:and|&|\+)\s+{_THINGS})?{_WHERE}",
    rf"{_THINGS}\s+(?:you\s+(?:may|might)|by\s+(?:this|the\s+same)|on\s+(?:this|the\s+same)|from\s+(?:this|the\s+same)).{{0,40}}",
    r"top\s+(?:\d{1,2}|ten|five)\b.{0,30}",
    r"must[- ]reads?",
    r"(?:related|trending|recommended|suggested|elsewhere|headlines|latest|breaking|archives?|popular|featured)"
    r"(?:\s+(?:now|today|for\s+you|news|reading|to\s+this|here))?",
    r"(?:you|readers)\s+(?:may|might|will|would|could)\s+(?:also\s+)?(?:like|enjoy|love|have\s+missed|be\s+interested(?:\s+in)?)(?:\s+.{0,30})?",
    r"(?:in\s+case\s+you|what\s+you(?:\s+may\s+have)?)\s+missed(?:\s+it)?",
    r"(?:read|see|watch|view)\s+(?:also|next|further|more\s+(?:articles|news|stories|posts)|more)",
    r"(?:keep|continue|further|next|now)\s+reading",
    r"what\s+(?:to\s+read|others|else)\b.{0,30}",
    r"what['’]?s\s+(?:new|hot|trending|happening|popular)",
    r"more\s+(?:from|in|on|about|by|like|for|stories|to\s+(?:read|explore|come))\b.{0,40}",
    r"(?:new|latest|recent|popular|trending)\s+(?:in|from|on|at)\b.{0,40}",
    r"also\s+(?:read|on|in|see|of\s+interest|in\s+the\s+news|from|by|interesting)\b.{0,30}",
    r"(?:you\s+)?(?:might|may)\s+also\s+(?:like|interest\s+you|be\s+interested\s+in)",
    r"(?:other|others)\s+(?:from|in|on|by)\b.{0,40}",
    r"of\s+(?:related\s+)?interest",
    r"editor['’]?s?['’]?\s+(?:picks?|choices?|selection)",
    r"(?:staff|reader['’]?s?['’]?|our|weekly)\s+(?:picks?|choices?|favou?rites?)",
    r"don['’]?t\s+miss(?:\s+(?:it|this|out))?",
    r"(?:up|coming)\s+next|next\s+up|happening\s+now|(?:just|recently|newly)\s+(?:in|published|added|posted)",
    r"in\s+(?:other|this|the|brief\W+other)\s+(?:news|section|issue|series|headlines|category)",
    r"(?:news\s+)?(?:in\s+brief|briefs|briefly|roundup|flash|ticker)",
    r"(?:on|in|from)\s+(?:this|the\s+same)\s+(?:topic|subject|author|section|category|issue|story|series)",
    r"(?:from|in)\s+(?:the|our)\s+(?:archives?|web|partners|blogs?|network|newsroom)",
    r"(?:around|across|elsewhere\s+on)\s+(?:the\s+)?(?:web|site|network|internet)",
    r"(?:sponsored|promoted|partner)(?:\s+(?:content|links|stories|posts))?",
)
_COUNTED = (
    r"(?:\d+|no|one)\s+(?:(?:reader|user)s?['’]?\s+)?(?:comments?|responses?|replies|thoughts?)"
    r"(?:\s+(?:on|to)\b.{0,160})?"
)
_COMMENTS = (
    _COUNTED,
    r"(?:(?:reader|user)['’]?s?['’]?\s+|view\s+|show\s+)?comments?(?:\s*[(\[]?\d+[)\]]?)?",
    r"(?:recent|latest|new)\s+comments",
    r"(?:responses?|replies)\s*[(\[]?\d+[)\]]?",
    r"(?:leave|write|post|add)\s+(?:a|your)\s+(?:reply|comment|response).{0,60}",
    r"join\s+the\s+(?:discussion|conversation|debate)",
    r"(?:be\s+the\s+first\s+to|what\s+do\s+you\s+think|have\s+your\s+say|your\s+views).{0,40}",
    r"(?:what\s+(?:our\s+)?|what\s+are\s+)readers\s+(?:say|think|saying).{0,30}",
)
_AGENCY = (
    r"(?:(?:afp|ap|reuters|epa)\s*(?:/\s*[\w .-]{2,40}|photo.{0,30})|getty(?:\s+images)?|epa-efe|shutterstock"
    r"|istock(?:photo)?|wikimedia(?:\s+commons)?|flickr)"
)
_CAPTIONS = (
    r"(?:(?:file|stock)\s+)?(?:photo(?:graph)?|image|picture|caption|fig(?:ure)?\.?\s*\d*|illustration|map|pic)"
    r"(?:\s+(?:credit|source|caption|courtesy))?\s*[:/|©].{0,300}",
    r"(?:photo(?:graph)?s?|image|picture|illustration)\s+(?:by|courtesy(?:\s+of)?|credit)\s+[^.!?]{2,60}",
    r"(?:credits?|courtesy)\s*[:/|©].{0,100}",
    r".{0,250}[(\[](?:photo|file\s+photo|file|image|credit|picture|archive)[^)\]]{0,60}[)\]]",
    r"(?:.{4,250}?[.!?)\]”\"|–—]\s*)?[(\[]?" + _AGENCY,
)
_GO_ON = (
    r"(?:read|see|learn|view|show|load)\s+(?:more|all|on|full\s+(?:story|article))(?:\s+(?:articles?|news|posts?|stories|»|>))?",
    r"continue\s+reading|full\s+(?:story|article)|more\s*(?:»|>|→|\.\.\.|…)|details",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A pattern for a block that is one of some wordings and nothing else but punctuation at its edges."""

    pattern: re.Pattern[str]

    def match(self, block: str) -> re.Match[str] | None:
        """The match of the whole block; none for a block that is longer than any such wording."""
        return self.pattern.match(block) if len(block) <= _LONGEST else None


def whole(patterns: tuple[str, ...]) -> Wording:
    """A wording of these patterns, in any case of letters."""
    return Wording(re.compile(r"^\W*(?:" + "|".join(patterns) + r")\W*$", re.IGNORECASE | re.DOTALL))


def is_cut(words: str) -> bool:
    """Whether a title or summary breaks off with an ellipsis, perhaps before a "read more".

    >>> is_cut("Two NATO states ..."), is_cut("He said … (Read more)"), is_cut("He died.")
    (True, True, False)
    """
    return _CUT.search(words[-80:]) is not None


LIST_NAME = whole(_LIST_NAMES)
COMMENTS_NAME = whole(_COMMENTS)
COMMENT_COUNT = whole((_COUNTED,))
CAPTION = whole(_CAPTIONS)
GO_ON = whole(_GO_ON)
BIO_NAME = whole((r"about\s+(?:the\s+)?(?:authors?|writers?|editors?|contributors?)|about\s+us|who\s+we\s+are",))
NEXT_NAME = whole((r"(?:previous|next|older|newer|prev)(?:\s+(?:article|post|story|entry|news))?",))
"""What stands above a single link to the page before or after."""
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\W*(?:(?:read|see)\s+more|more|continue(?:\s+reading)?|full\s+story)?\W*$",
    re.IGNORECASE,
)
READ_ALSO = re.compile(
    r"^\W*(?P<name>(?:read|see|watch|listen)\s+(?:also|more|next|related)|also\s+(?:read|see)|related(?:\s+\w+)?"
    r"|more\s+on\s+this|recommended|don['’]?t\s+miss|read|watch|(?:previous|next)(?:\s+(?:article|post|story))?)\s*[:|–—-]\s*",
    re.IGNORECASE,
)
