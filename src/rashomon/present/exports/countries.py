"""Countries by their ISO 3166 codes.

In: a two-letter code, as the gazetteer gives it (or what a user's own gazetteer says). Out: name, number, region.
Never: a country that a place's own record does not name. Names and continents are GeoNames' (CC BY 4.0).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

_MIDDLE_EAST = frozenset(
    ["AE", "BH", "EG", "IL", "IQ", "IR", "JO", "KW", "LB", "OM", "PS", "QA", "SA", "SY", "TR", "YE"]
)
_UCDP_REGIONS = {"AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "Americas", "SA": "Americas", "OC": "Asia"}


@dataclass(frozen=True, slots=True)
class Country:
    """`number` is ISO 3166-1 numeric (None where there is none); `ucdp_region` is one of UCDP's five."""

    code: str
    number: int | None
    name: str
    ucdp_region: str | None


def find_country(code: str | None) -> Country | None:
    """The country of this code.

    >>> found = find_country("SY")
    >>> found.name, found.number, found.ucdp_region
    ('Syria', 760, 'Middle East')
    >>> find_country("Serant") is None
    True
    """
    return _countries().get(code or "")


def name_country(code: str | None) -> str:
    """The name of the country; what is no ISO code is taken as the name itself.

    >>> name_country("DE"), name_country("Serant"), name_country(None)
    ('Germany', 'Serant', '')
    """
    found = find_country(code)
    return found.name if found else code or ""


def code_of(name: str) -> str | None:
    """The code of the country of this name.

    >>> code_of("Germany"), code_of("Serant")
    ('DE', None)
    """
    folded = name.strip().casefold()
    return next((c.code for c in _countries().values() if c.name.casefold() == folded), None)


@cache
def _countries() -> dict[str, Country]:
    found = {}
    with (resources.files(__package__) / "countries.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["code"]
            region = "Middle East" if code in _MIDDLE_EAST else _UCDP_REGIONS.get(row["continent"])
            found[code] = Country(code, int(row["number"]) or None, row["name"], region)
    return found
