"""The places that a name can mean, with other names of countries, abbreviations and demonyms.

In: a name. Out: the gazetteer's entries. Never: a choice among them.
"""

import re

from rashomon.resolve.countries import country_of_alias, country_of_demonym
from rashomon.resolve.divisions import division_of_abbreviation, home_of_people
from rashomon.resolve.gazetteer import Entry, Gazetteer

LARGE = 100_000
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}
_SHORTENED = re.compile(r"^(st|ste|mt|ft|pt)\.?\s+(?=\w)", re.IGNORECASE)


def candidates_of(gazetteer: Gazetteer, name: str) -> tuple[Entry, ...]:
    """The places of a name; the user's own come alone."""
    found = gazetteer.find(name)
    if found and found[0].id.startswith("user:"):
        return found
    if name == name.casefold():
        return ()  # "the checkpoint" is no town of that name
    code, division = country_of_alias(name), division_of_abbreviation(name)
    if code is not None:
        return (*_country(gazetteer, code), *(e for e in found if e.kind != "country" and e.own))
    if division is not None:
        return tuple(
            e for e in gazetteer.find(division.name) if e.country == division.country and e.kind == division.kind
        )
    if not any(e.own and e.population > LARGE for e in found):
        people, home = country_of_demonym(name), home_of_people(name)
        if people is not None:
            return _country(gazetteer, people)
        if home is not None:
            return tuple(e for e in gazetteer.find(home) if e.kind == "region")
    written_out = _SHORTENED.sub(lambda m: _SHORT[m[1].casefold()] + " ", name)
    if written_out == name:
        return found
    known = {e.id for e in found if e.own}
    others = tuple(e for e in gazetteer.find(written_out) if e.id not in known)
    return (*(e for e in found if e.id not in {o.id for o in others}), *others)


def _country(gazetteer: Gazetteer, code: str) -> tuple[Entry, ...]:
    return tuple(e for e in gazetteer.find(gazetteer.country_name(code) or code) if e.kind == "country")
