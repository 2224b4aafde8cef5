"""Names of actors: what is a name, what is a title, and which spellings are one name.

In: words. Out: their core, key and sound. Never: a decision who somebody is.
"""

import re
from functools import lru_cache

from rashomon.resolve.folding import fold_name

_TITLES = frozenset(
    """
    mr mrs ms miss dr prof professor sir lord lady president vice prime minister premier chancellor king queen
    prince princess emir sultan sheikh shaikh sheik imam mullah maulana ayatollah rabbi pastor reverend rev bishop
    archbishop cardinal pope father brother sister general gen lieutenant lt colonel col major maj captain capt
    sergeant sgt corporal private pvt brigadier admiral commander cmdr commandant chief superintendent inspector
    constable officer deputy assistant senior junior acting former ex late governor gov mayor senator sen
    congressman representative rep mp ambassador consul judge justice attorney prosecutor comrade commissioner
    director secretary chairman chairwoman chairperson spokesman spokeswoman spokesperson leader lawyer journalist
    activist engineer haji hajji señor senor don doña dona
    """.split()  # noqa: SIM905  (read as prose)
)
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "de",
        "la",
        "del",
        "da",
        "do",
        "dos",
        "van",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "ud",
        "for",
        "in",
        "on",
        "to",
        "y",
        "e",
        "du",
        "des",
        "le",
        "abu",
        "um",
        "umm",
    ]
)
_DESCRIPTIONS = frozenset(
    """
    gunmen gunman police policeman policemen soldier soldiers troops army government forces force fighters fighter
    militants militant rebels rebel insurgents insurgent guerrillas guerrilla terrorists terrorist attackers
    attacker assailants assailant men man women woman people person residents resident villagers villager civilians
    civilian protesters protester demonstrators officials official authorities officers officer witnesses witness
    locals youths youth students student workers worker farmers farmer settlers settler security military militia
    militias militiamen navy troopers guards guard bandits bandit pirates kidnappers raiders robbers suspects
    suspect prisoners prisoner detainees detainee relatives family families children child boys girls boy girl
    doctors medics aides neighbours neighbors armed masked unidentified unknown state local senior many some several
    two three four five six seven eight nine ten one they he she it we who
    """.split()  # noqa: SIM905  (read as prose)
)
_QUALIFIERS = frozenset(
    """
    so-called self-styled self-proclaimed self-declared outlawed banned proscribed illegal clandestine underground
    terrorist extremist radical militant rebel insurgent separatist secessionist guerrilla armed jihadist islamist
    communist marxist maoist leftist rightist left-wing right-wing far-left far-right ultranationalist nationalist
    hardline ruling opposition governing shadowy little-known powerful notorious infamous breakaway rival fledgling
    now-defunct defunct pro-government anti-government government-backed state-backed foreign-backed state-run
    state-owned
    """.split()  # noqa: SIM905  (read as prose)
)
"""What a page calls somebody before naming them, in lower case: no part of the name, and often no neutral word."""
_ARTICLE = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|this|that|these|those|some|several|other)\s+)+", re.IGNORECASE
)
_REMEMBERED = 20_000
"""Words whose core is kept in memory: a page asks for that of the same few names again and again."""
_SOUNDS = (
    (r"^(?:al|el|ul|as|ash|ad|an|ar|at|az)(?=[a-z]{5})", ""),
    (r"ph", "f"), (r"kh|gh|q|ck|c(?![h])", "k"), (r"dh|th", "t"), (r"tsh|sch|sh|ch", "s"), (r"z", "s"),
    (r"ou|oo|w", "u"), (r"ee|iy|yi|y", "i"), (r"e", "a"), (r"o", "u"), (r"(.)\1+", r"\1"),
)  # fmt: skip


def is_proper(name: str) -> bool:
    """Whether a name is one throughout, rather than what somebody is.

    >>> is_proper("Iro Tamas"), is_proper("Front for the Liberation of Belu"), is_proper("head of the RSF")
    (True, True, False)
    """
    return all(w[:1].isupper() or not w[:1].isalpha() or w.casefold() in _SMALL for w in name.split())


@lru_cache(maxsize=_REMEMBERED)
def has_name(words: str) -> bool:
    """Whether there is a name in `words`, not merely a description ("gunmen", "the army", "two men").

    >>> has_name("Colonel Iro Tamas"), has_name("gunmen"), has_name("The gunmen"), has_name("the RSF")
    (True, False, False, True)
    """
    named = [w for w in core_name(words).split() if w[:1].isupper()]
    return any(w.strip(".,").casefold() not in _DESCRIPTIONS for w in named)


@lru_cache(maxsize=_REMEMBERED)
def core_name(words: str) -> str:
    """The name without determiners, titles and quotation marks; the words themselves if nothing else is left.

    >>> core_name("Colonel Iro Tamas"), core_name("the Red Sash Front (RSF)"), core_name("Prime Minister")
    ('Iro Tamas', 'Red Sash Front', 'Prime Minister')
    >>> core_name('the so-called "Salt Front"'), core_name("outlawed rebels"), core_name("al-Nur")
    ('Salt Front', 'outlawed rebels', 'al-Nur')
    """
    bare = re.sub(r"\s*\([^)]*\)?\s*$", "", " ".join(words.split()).strip("\"'“”‘’«» ,.;:"))
    bare = re.sub(r"['’]s$", "", _ARTICLE.sub("", bare))
    parts = bare.split()
    start = 0
    while start < len(parts) and _goes_before(parts[start]):
        start += 1
    rest = [part.lstrip("\"'“‘«") for part in parts[start:]]
    named = [w for w in rest if w.casefold() not in _SMALL]
    return " ".join(rest) if named and any(w[:1].isupper() for w in named) else bare


def _goes_before(word: str) -> bool:
    return word in _QUALIFIERS or word.strip(".,-").casefold() in _TITLES


def actor_key(words: str) -> str:
    """What all spellings of a name by case, diacritics, spaces and titles share.

    >>> actor_key("Col. Iro Tamás"), actor_key("The Red-Sash Front")
    ('irotamas', 'redsashfront')
    """
    return fold_name(core_name(words))


def sound_of(key: str) -> str:
    """A rough sound of a key: usual transliterations of one name share it, other names hardly ever do.

    >>> sound_of("mohammedyousefi") == sound_of("muhammadyusufi"), sound_of("qasim") == sound_of("kasim")
    (False, True)
    >>> sound_of("mohammedyousefi") == sound_of("muhammadyousefi"), sound_of("karimi") == sound_of("karami")
    (True, False)
    """
    for pattern, by in _SOUNDS:
        key = re.sub(pattern, by, key)
    return key


def skeleton_of(key: str) -> str:
    """The consonants of a key's sound: names that share them may be spellings of one.

    >>> skeleton_of("sulaimanabdi") == skeleton_of("suleymanabdi")
    True
    """
    sound = sound_of(key)
    return re.sub(r"(.)\1+", r"\1", sound[:1] + re.sub(r"[aiu]", "", sound[1:]))


def is_abbreviation(short: str, long: str) -> bool:
    """Whether `short` can stand for `long` (Schwartz and Hearst, 2003, for initials and syllables).

    >>> is_abbreviation("RSF", "Red Sash Front"), is_abbreviation("MEK", "Mujahedin-e Khalq")  # noqa: E501
    (True, True)
    """
    letters = [c for c in short.casefold() if c.isalnum()]
    if not 2 <= len(letters) <= 10 or len(long) <= len(short) or not short[:1].isalpha():
        return False
    text, at = long.casefold(), len(long)
    for i in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and not (text[at] == letters[i] and (i > 0 or at == 0 or not text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return False
    return at == 0 or not text[:at].strip(" -") or text[:at].split()[-1] in _SMALL or len(text[:at].split()) <= 1
