"""Words of a text, and the small lists of words that tell where a place's name may stand.

In: a text. Out: `Token`s; lists. Never: a gazetteer.
"""

import re
from dataclasses import dataclass

# Shortened words that keep their full stop.
_SHORT = (
    "St|Ste|Mt|Ft|Pt|Mr|Mrs|Ms|Dr|Gen|Gov|Sen|Rep|Lt|Col|Capt|Sgt|Maj|Rev|Prof|Jr|Sr|Calif|Tex|Fla|Ga|Va|Pa|Ill|Ind|Mich"
    "|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Tenn|Vt|Wash|Wis|Wyo|Ala|Ariz|Ark|Colo|Conn|Del|Kan|Ky|La|Md|Mass|Ont|Que|Alta"
    "|Sask|Man"
)
_TOKEN = re.compile(
    rf"(?:[A-Z]\.)+[A-Z]\b\.?|\b[NSW]\. ?(?:Va|Mex|Dak|Car)\.|\b(?:{_SHORT})\."
    r"|\w+(?:-\w+)*(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]|\n+"
)
JOINING = frozenset("of the de del du la al el upon on under and - – y".split())  # noqa: SIM905
LOCATING = frozenset("in near from at to outside around across toward towards into".split())  # noqa: SIM905
TITLES = frozenset("mr. mrs. ms. dr. gen. gov. sen. rep. lt. col. capt. sgt. president".split())  # noqa: SIM905
POINTERS = frozenset(
    "north south east west northeast northwest southeast southwest northern southern eastern western central upper"  # noqa: SIM905
    " lower st. mt. ft. gulf city county state downtown".split()
)
"""Words that name no place by themselves."""
BODIES = frozenset(
    "city state mayor premier governor police sheriff council court superior school high junior middle elementary board"  # noqa: SIM905
    " center centre fire department hospital university college adult district chamber commission community public"
    " regional international airport memorial".split()
)
"""What follows a place's name in that of a body, which is no part of the place's."""
ENDS = frozenset('.!?:;"“”()') | {"\n"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign, `[start_char, end_char)` of the text."""

    text: str
    start_char: int
    end_char: int

    @property
    def capital(self) -> bool:
        """Whether it can be part of a name."""
        return self.text != self.text.lower()


def split_tokens(text: str) -> list[Token]:
    """Words, signs and line breaks.

    >>> [t.text for t in split_tokens("Iraq's army left St. Louis, N.Y.")]
    ['Iraq', "'s", 'army', 'left', 'St.', 'Louis', ',', 'N.Y.']
    """
    return [Token(m[0][:1] if m[0].startswith("\n") else m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]
