"""Which of the places of a name is meant: by size, by what the words ask for, and by the other places of the page.

In: the names of one page. Out: for each its candidates with scores that add up to 1, best first.
Never: a page's text; a name in no gazetteer gets no candidates.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rashomon.resolve.countries import country_of_alias, country_of_demonym, state_of_abbreviation
from rashomon.resolve.gazetteer import Entry, Gazetteer

Scored = tuple[Entry, float]

# Log-odds weights, set by hand; nothing was fitted on the corpora that bench/places.py measures with.
SIZE = 1.0
OWN_NAME = 1.2
COUNTRY = 2.5
REGION = 1.5
ASKED_FOR = 3.0
SAME_COUNTRY = 0.9
SAME_REGION = 1.2
WITHIN = 6.0
NAMESAKE = 4.0
CITY = 50_000
_ROUNDS = 3
_FEWEST = 1e-3


@dataclass(frozen=True, slots=True)
class Named:
    """A name to look up; `level` the kind that its words ask for; `within` names told right after it ("X, Texas")."""

    name: str
    level: str = ""
    within: tuple[str, ...] = ()


def candidates_of(gazetteer: Gazetteer, name: str) -> tuple[Entry, ...]:
    """The places of a name, with the other names of countries and the abbreviations of US states."""
    found = gazetteer.find(name)
    if found and found[0].id.startswith("user:"):
        return found
    if name == name.casefold():
        return ()  # "the checkpoint" is no town of that name
    code, state = country_of_alias(name), state_of_abbreviation(name)
    if code is not None:
        country = [e for e in gazetteer.find(_country_name(gazetteer, code)) if e.kind == "country"]
        return (*country, *(e for e in found if e.kind != "country" and e.population > 100_000))
    if state is not None:
        return tuple(e for e in gazetteer.find(gazetteer.state_name(state)) if e.kind == "region" and e.country == "US")
    people = country_of_demonym(name)
    if people is not None and not any(e.own and e.population > 100_000 for e in found):
        return tuple(e for e in gazetteer.find(_country_name(gazetteer, people)) if e.kind == "country")
    return found


def _country_name(gazetteer: Gazetteer, code: str) -> str:
    return gazetteer.country_name(code) or code


def choose(gazetteer: Gazetteer, names: Sequence[Named], at_home: Mapping[str, float]) -> list[list[Scored]]:
    """Candidates of each name; `at_home` are weights of countries that the page is known to be about."""
    held = [candidates_of(gazetteer, n.name) for n in names]
    inside = [[candidates_of(gazetteer, w) for w in n.within] for n in names]
    priors = [_priors(entries, n, w) for n, entries, w in zip(names, held, inside, strict=True)]
    shares = [_softmax(p) for p in priors]
    for _ in range(_ROUNDS):
        countries, regions = _tally(held, shares)
        for country, weight in at_home.items():
            countries[country] += weight
        everything = sum(countries.values()) or 1.0
        new = []
        for entries, prior, share in zip(held, priors, shares, strict=True):
            own_c, own_r = _tally([entries], [share])
            scores = []
            for e, known in zip(entries, prior, strict=True):
                c, r = e.country or "", (e.country or "", e.admin1 or "")
                near_c = max(0.0, countries[c] - own_c[c])
                near_r = max(0.0, regions[r] - own_r[r]) if e.admin1 and e.kind != "region" else 0.0
                together = SAME_COUNTRY * math.log1p(9 * near_c / everything * min(near_c, 3.0))
                scores.append(known + together + SAME_REGION * math.log1p(3 * min(near_r, 3.0)))
            new.append(_softmax(scores))
        shares = new
    return [
        sorted(((e, round(s, 4)) for e, s in zip(entries, share, strict=True) if s >= _FEWEST), key=lambda x: -x[1])
        for entries, share in zip(held, shares, strict=True)
    ]


def _priors(entries: Sequence[Entry], named: Named, inside: Sequence[Sequence[Entry]]) -> list[float]:
    """Before the other names are looked at; a division that bears its city's name is not meant unless asked for."""
    cities = {(e.country, e.admin1) for e in entries if e.kind == "town" and e.population >= CITY}
    return [_prior(e, named, inside, cities) for e in entries]


def _prior(
    entry: Entry, named: Named, inside: Sequence[Sequence[Entry]], cities: Set[tuple[str | None, str | None]]
) -> float:
    score = SIZE * math.log10(max(entry.population, 100)) + OWN_NAME * entry.own
    score += COUNTRY * (entry.kind == "country") + REGION * (entry.kind == "region" and entry.population > 200_000)
    if named.level:
        score += ASKED_FOR * (entry.kind == named.level or (named.level == "region" and entry.kind == "district"))
    elif entry.kind in ("region", "district") and (entry.country, entry.admin1) in cities:
        score -= NAMESAKE
    for holders in inside:
        score += WITHIN * any(_holds(h, entry) for h in holders)
    return score


def _holds(holder: Entry, entry: Entry) -> bool:
    if holder.id == entry.id or holder.country != entry.country:
        return False
    return holder.kind == "country" or (holder.kind == "region" and holder.admin1 == entry.admin1)


def _tally(
    held: Sequence[Sequence[Entry]], shares: Sequence[Sequence[float]]
) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """How much of all names' candidates lies in each country, and in each first-order division."""
    countries: dict[str, float] = defaultdict(float)
    regions: dict[tuple[str, str], float] = defaultdict(float)
    for entries, share in zip(held, shares, strict=True):
        for e, s in zip(entries, share, strict=True):
            countries[e.country or ""] += s
            if e.admin1:
                regions[e.country or "", e.admin1] += s
    return countries, regions


def _softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return [p / sum(powers) for p in powers]
