"""Abbreviations of states, provinces and cities, and the words for who and what is theirs.

In: a name. Out: the place's full name, country and kind. Never: coordinates (see gazetteer.py).
"""

from dataclasses import dataclass
from functools import cache

from rashomon.resolve.folding import fold_name

_STATES = """
AL: Ala.
AZ: Ariz.
AR: Ark.
CA: Calif.
CO: Colo.
CT: Conn.
DE: Del.
FL: Fla.
GA: Ga.
IL: Ill.
IN: Ind.
KS: Kan., Kans.
KY: Ky.
LA: La.
MD: Md.
MA: Mass.
MI: Mich.
MN: Minn.
MS: Miss.
MO: Mo.
MT: Mont.
NE: Neb., Nebr.
NV: Nev.
NH: N.H.
NJ: N.J.
NM: N.M.
NY: N.Y.
NC: N.C.
ND: N.D.
OK: Okla.
OR: Ore., Oreg.
PA: Pa., Penn.
RI: R.I.
SC: S.C.
SD: S.D.
TN: Tenn.
TX: Tex.
VT: Vt.
VA: Va.
WA: Wash.
WV: W.Va.
WI: Wis., Wisc.
WY: Wyo.
DC: D.C., Washington D.C.
"""

_STATE_NAMES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "DC": "District of Columbia",
}

_DIVISIONS = """
CA: British Columbia: B.C.
CA: Alberta: Alta.
CA: Saskatchewan: Sask.
CA: Manitoba: Man.
CA: Ontario: Ont.
CA: Quebec: Que.
CA: New Brunswick: N.B.
CA: Nova Scotia: N.S.
CA: Prince Edward Island: P.E.I., PEI
CA: Newfoundland and Labrador: N.L., Nfld., Newfoundland
CA: Northwest Territories: N.W.T.
AU: New South Wales: N.S.W., NSW
AU: Victoria: Vic.
AU: Queensland: Qld., Qld
AU: Australian Capital Territory: A.C.T., ACT
GB: Northern Ireland: Ulster
"""

_TOWNS = """
US: Los Angeles: L.A.
US: New York City: N.Y.C., NYC
BR: Rio de Janeiro: Rio
"""

_PEOPLES = """
Europe: European, Europeans
Africa: African, Africans
Asia: Asian, Asians
Latin America: Latin American, Latin Americans
Middle East: Middle Eastern
Chechnya: Chechen, Chechens
Dagestan: Dagestani, Dagestanis
Abkhazia: Abkhaz, Abkhazian, Abkhazians
South Ossetia: Ossetian, Ossetians, South Ossetian, South Ossetians
Kurdistan: Kurdish
Kashmir: Kashmiri, Kashmiris
Tibet: Tibetan, Tibetans
Crimea: Crimean, Crimeans
Darfur: Darfuri, Darfuris
Somaliland: Somalilander, Somalilanders
Western Sahara: Sahrawi, Sahrawis
Balkans: Balkan
Caucasus: Caucasian
Scandinavia: Scandinavian
Basque Country: Basque, Basques
Catalonia: Catalan, Catalans
Scotland: Scottish, Scots
Wales: Welsh
Sicily: Sicilian, Sicilians
"""


@dataclass(frozen=True, slots=True)
class Division:
    """A place that goes by an abbreviation: its name, country and kind."""

    name: str
    country: str
    kind: str


def _parse_divisions() -> dict[str, Division]:
    """By the words as they are written: without its dots "L.A." would be Louisiana's."""
    found: dict[str, Division] = {}
    for table, kind in ((_DIVISIONS, "region"), (_TOWNS, "town")):
        for line in table.strip().splitlines():
            country, name, words = line.split(": ")
            found |= {word.casefold(): Division(name, country, kind) for word in words.split(", ")}
    for line in _STATES.strip().splitlines():
        code, words = line.split(": ", 1)
        found |= {word.casefold(): Division(_STATE_NAMES[code], "US", "region") for word in words.split(", ")}
    return found | {code: Division(name, "US", "region") for code, name in _STATE_NAMES.items()}


@cache
def _divisions() -> dict[str, Division]:
    return _parse_divisions()


@cache
def _peoples() -> dict[str, str]:
    lines = (line.split(": ", 1) for line in _PEOPLES.strip().splitlines())
    return {fold_name(word): home for home, words in lines for word in words.split(", ")}


def home_of_people(word: str) -> str | None:
    """The region or continent whose people or things go by `word`.

    >>> home_of_people("Chechens"), home_of_people("European"), home_of_people("Iraqi")
    ('Chechnya', 'Europe', None)
    """
    return _peoples().get(fold_name(word))


def division_of_abbreviation(name: str) -> Division | None:
    """The state, province or city that newspapers shorten so.

    >>> division_of_abbreviation("Tex."), division_of_abbreviation("N. C.").name, division_of_abbreviation("TX").name
    (Division(name='Texas', country='US', kind='region'), 'North Carolina', 'Texas')
    >>> division_of_abbreviation("L.A.").name, division_of_abbreviation("La.").name, division_of_abbreviation("Man")
    ('Los Angeles', 'Louisiana', None)
    """
    words = name.replace(" ", "")
    return _divisions().get(words) or _divisions().get(words.casefold())
