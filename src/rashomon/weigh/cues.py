"""Words by which a text says how one happening stands to another.

In: a passage's text. Out: cues with what they say, and the kind of happening that the words after one name.
Never: a relation; that takes two incidents (relations.py).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

BEFORE, BECAUSE_OF, PART_OF = "before", "because_of", "part_of"

_CUES = (
    (BECAUSE_OF, r"in (?:retaliation|revenge|reprisal|response|answer|connection)(?: for| to| with| over)"),
    (BECAUSE_OF, r"(?:to|and) avenge|avenging|in retaliation|retaliating for|as a reprisal for|punishment for"),
    (BECAUSE_OF, r"(?:accused|suspected|convicted|found guilty|guilty) of|charged with|on suspicion of|on charges of"),
    (BECAUSE_OF, r"(?:sentenced|jailed|hanged|executed|condemned|tried(?! to)|arrested|detained|held|wanted)"
                 r"(?: [\w-]+){0,8}? (?:for|over)(?! (?:[\w-]+ ){1,3}(?:hours?|days?|weeks?|months?|years?)\b)"),
    (BECAUSE_OF, r"for (?:his|her|their|its|an? alleged) (?:alleged )?(?:role|part|involvement) in"),
    (PART_OF, r"in the course of|as part of|during (?:the|an?)"),
    (BEFORE, r"(?:hours?|days?|weeks?|months?|years?|morning|night) (?:after|following)|in the wake of|following the"),
    (BEFORE, r"(?<!day )after (?:the|an?|his|her|their)"),
)  # fmt: skip
_LEGAL = (2, 3)
_CUE = re.compile("|".join(rf"(?P<c{i}>\b(?:{words})\b)" for i, (_, words) in enumerate(_CUES)), re.IGNORECASE)

_NOUNS = {
    "bombing": r"bombings?|bombs?|blasts?|explosions?",
    "killing": r"killings?|murders?|deaths?|assassinations?|shootings?",
    "massacre": r"massacres?|slaughter", "armed_attack": r"attacks?|ambush(?:es)?|assaults?|shootings?",
    "armed_clash": r"clash(?:es)?|battles?|fighting|defeat", "shelling": r"shelling|bombardment",
    "air_strike": r"air ?strikes?|air raids?", "abduction_hostage": r"kidnapping|abductions?|hostage-taking",
    "raid_search": r"raids?|searches", "arrest_detention": r"arrests?|detentions?",
    "protest": r"protests?|march|strike",
    "riot_mob": r"riots?|lynching|pogroms?", "property_destruction": r"arson|burning|destruction|looting",
}  # fmt: skip
_NOUN = re.compile("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _NOUNS.items()), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """`kind` is what the words say: what follows them came `before`, was the cause, or is what it is part of; `legal`
    words speak of an arrest or a trial.
    """

    kind: str
    words: str
    start: int
    end: int
    legal: bool


def iter_cues(text: str) -> Iterator[Cue]:
    """The cues of a passage, in their order; offsets into `text`.

    >>> [(c.kind, c.words) for c in iter_cues("Two were held in connection with the blast, a day after the raid.")]
    [('because_of', 'in connection with'), ('before', 'day after')]
    """
    for found in _CUE.finditer(text):
        number = int((found.lastgroup or "c0")[1:])
        yield Cue(_CUES[number][0], found[0], *found.span(), number in _LEGAL)


def name_types(text: str) -> tuple[str, ...]:
    """Types of happenings that the first noun of such a kind in a text can mean.

    >>> name_types("the market bombing and a raid"), name_types("the shooting of a mayor"), name_types("his lunch")
    (('bombing',), ('killing', 'armed_attack'), ())
    """
    found = _NOUN.search(text)
    if found is None:
        return ()
    return tuple(kind for kind, words in _NOUNS.items() if re.fullmatch(words, found[0], re.IGNORECASE))
