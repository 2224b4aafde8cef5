"""News agencies that a page quotes as its source: whoever quotes the same one is no independent source.

In: the words to whom a telling is attributed. Out: the agency's name, folded. Never: a person, an office or a
newspaper; how far an agency can be relied upon.
"""

import re
from collections.abc import Iterable, Mapping

from rashomon.records import Telling

_ACRONYMS = frozenset(
    [
        "AAP",
        "AFP",
        "ANI",
        "ANSA",
        "AP",
        "DPA",
        "EFE",
        "INTERFAX",
        "IRNA",
        "ISNA",
        "KCNA",
        "MENA",
        "PTI",
        "REUTERS",
        "SANA",
        "SPA",
        "TASS",
        "UPI",
        "WAFA",
        "XINHUA",
    ]
)
_NAMES = {
    "agence france presse": "afp", "anadolu": "anadolu", "ansa": "ansa", "associated press": "ap", "bernama": "bernama",
    "dpa": "dpa", "interfax": "interfax", "itar tass": "tass", "kyodo": "kyodo", "middle east news": "mena",
    "notimex": "notimex", "prensa latina": "prensa latina", "press trust of india": "pti", "reuters": "reuters",
    "ria novosti": "ria novosti", "tanjug": "tanjug", "tasnim": "tasnim", "tass": "tass", "ukrinform": "ukrinform",
    "united press international": "upi", "xinhua": "xinhua", "yonhap": "yonhap",
}  # fmt: skip
_BESIDE = re.compile(
    r"^(?:the|official|semi-official|state-run|state|french|us|russian|chinese|turkish|iranian|spanish)\s+|"
    r"\s+(?:(?:news|press)\s+)?(?:agency|service|newswire|wire|correspondents?|reporters?)$|(?:'s|’s)$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^(?:[Tt]he )?((?:[A-Z][\w'’-]+ ){0,3}?[A-Z][\w'’-]+) (?:(?:state )?(?:news|press|wire) (?:agency|service)|[Nn]ewswire|[Ww]ire)$"  # noqa: E501  (one pattern)
)


def name_agency(words: str) -> str | None:
    """The agency that these words name, if they name one.

    >>> name_agency("the Reuters news agency"), name_agency("Agence France-Presse"), name_agency("AP")
    ('reuters', 'afp', 'ap')
    >>> name_agency("Meridian Wire"), name_agency("the Lantern news agency")
    ('meridian', 'lantern')
    >>> name_agency("a spokesman"), name_agency("Ap Bac police"), name_agency("the Agency for Refugees")
    (None, None, None)
    """
    words = " ".join(words.split())
    bare = words
    while (less := _BESIDE.sub("", bare)) != bare:
        bare = less
    if bare in _ACRONYMS:
        return bare.casefold()
    if known := _NAMES.get(bare.casefold().replace("-", " ")):
        return known
    called = _CALLED.match(words)
    return called[1].casefold() if called else None


def quoted_agencies(tellings: Iterable[Telling]) -> Mapping[str, str]:
    """Page id → the agency to which all of these tellings of the page are attributed."""
    held: dict[str, set[str | None]] = {}
    for t in tellings:
        words = t.attributed_to.text if t.attributed_to else ""
        held.setdefault(t.page, set()).add(name_agency(words))
    return {page: name for page, names in held.items() if len(names) == 1 for name in names if name}
