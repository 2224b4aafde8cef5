"""Which of the places of a name is meant: by size, by what the words ask for, and by the other places of the page.

In: the names of one page. Out: for each its candidates with scores that add up to 1, best first.
Never: a page's text; a name in no gazetteer gets no candidates.

A page is written at home somewhere. Each of its names is drawn either from the whole world, from the countries and
divisions that it names, from its home's country, from its home's division or from around its home: within each of them
as often as places are prominent (prominence.py). Home is not told; it is summed over, as likely as the page's names are
with it. Few places lie around a small town, so a page that names two of them has nearly told where it is at home.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rashomon.resolve.candidates import candidates_of
from rashomon.resolve.gazetteer import Entry, Gazetteer
from rashomon.resolve.prominence import cell_of, weigh_place

Scored = tuple[Entry, float]
Floats = NDArray[np.float64]

# Set by hand; nothing was fitted on the corpora that bench/places.py measures with.
FROM_WORLD, FROM_TOLD, FROM_COUNTRY, FROM_REGION, FROM_NEAR = 0.25, 0.20, 0.15, 0.15, 0.25
OWN_NAME = math.exp(1.2)
ASKED_FOR = math.exp(3.0)
WITHIN = math.exp(6.0)
NAMESAKE = math.exp(-4.0)
CITY = 50_000
_MOST_HOMES = 120
_FEWEST = 1e-3


@dataclass(frozen=True, slots=True)
class Named:
    """A name to look up; `level` the kind that its words ask for; `within` names told right after it ("X, Texas")."""

    name: str
    level: str = ""
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A country (`admin1` empty) or division that the page names, by the name of this number (-1: by its people)."""

    country: str
    admin1: str
    by: int
    weight: float


def choose(gazetteer: Gazetteer, names: Sequence[Named], at_home: Mapping[str, float]) -> list[list[Scored]]:
    """Candidates of each name; `at_home` are weights of countries that the page is known to be about."""
    held = [candidates_of(gazetteer, n.name) for n in names]
    inside = [[candidates_of(gazetteer, w) for w in n.within] for n in names]
    flat = [e for entries in held for e in entries]
    if not flat:
        return [[] for _ in names]
    of_name = np.repeat(np.arange(len(names)), [len(entries) for entries in held])
    weights = np.array([weigh_place(e.kind, e.population, e.capital) for e in flat])
    fits = np.concatenate([_fits(entries, n, w) for n, entries, w in zip(names, held, inside, strict=True)])
    told = [*_iter_told(held, of_name, weights * fits), *(_Told(c, "", -1, w) for c, w in at_home.items())]
    drawn = weights * (FROM_WORLD / gazetteer.scope("world", "")) + _from_told(gazetteer, flat, of_name, weights, told)
    likely = (drawn[None, :] + _from_homes(gazetteer, flat, weights)) * fits[None, :]
    homes = np.array(_homes(weights))
    shares = _sum_homes(likely, of_name, of_name[homes], np.log((weights * fits)[homes] / gazetteer.scope("world", "")))
    found: list[list[Scored]] = [[] for _ in names]
    for i, entry, share in zip(of_name.tolist(), flat, shares.tolist(), strict=True):
        if share >= _FEWEST:
            found[i].append((entry, round(share, 4)))
    return [sorted(scored, key=lambda x: -x[1]) for scored in found]


def _fits(entries: Sequence[Entry], named: Named, inside: Sequence[Sequence[Entry]]) -> Floats:
    """How well each entry fits the words; a division that bears its city's name is not meant unless asked for."""
    cities = {(e.country, e.admin1) for e in entries if e.kind == "town" and e.population >= CITY}
    return np.array([_fit(e, named, inside, cities) for e in entries])


def _fit(
    entry: Entry, named: Named, inside: Sequence[Sequence[Entry]], cities: Set[tuple[str | None, str | None]]
) -> float:
    fit = OWN_NAME if entry.own else 1.0
    if named.level:
        fit *= ASKED_FOR if entry.kind == named.level or (named.level == "region" and entry.kind == "district") else 1.0
    elif entry.kind in ("region", "district") and (entry.country, entry.admin1) in cities:
        fit *= NAMESAKE
    for holders in inside:
        fit *= WITHIN if any(_holds(h, entry) for h in holders) else 1.0
    return fit


def _holds(holder: Entry, entry: Entry) -> bool:
    if holder.id == entry.id or holder.country != entry.country:
        return False
    if holder.kind == "country":
        return True
    if holder.admin1 != entry.admin1:
        return False
    return holder.kind == "region" or (holder.kind == "district" and _beside(holder, entry))


def _beside(a: Entry, b: Entry) -> bool:
    (row, column), (other_row, other_column) = cell_of(a.lat, a.lon), cell_of(b.lat, b.lon)
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _iter_told(held: Sequence[Sequence[Entry]], of_name: NDArray[np.intp], prior: Floats) -> list[_Told]:
    """The countries and divisions among the candidates, as likely as they are by themselves."""
    sums = np.bincount(of_name, prior, minlength=len(held))
    found = []
    for number, entry, weight in zip(of_name.tolist(), (e for es in held for e in es), prior.tolist(), strict=True):
        if entry.kind in ("country", "region") and entry.country:
            admin1 = (entry.admin1 or "") if entry.kind == "region" else ""
            if entry.kind == "country" or admin1:
                found.append(_Told(entry.country, admin1, number, weight / sums[number]))
    return found


def _from_told(
    gazetteer: Gazetteer, flat: Sequence[Entry], of_name: NDArray[np.intp], weights: Floats, told: Sequence[_Told]
) -> Floats:
    """Each entry's chance to be drawn from what other names tell; what nothing tells goes to the world."""
    everything = sum(t.weight for t in told)
    if not everything:
        return weights * (FROM_TOLD / gazetteer.scope("world", ""))
    by_scope: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for t in told:
        by_scope[t.country, t.admin1].append(t)
    chances = np.zeros(len(flat))
    for i, (entry, number) in enumerate(zip(flat, of_name.tolist(), strict=True)):
        if entry.kind == "country" or not entry.country:
            continue
        for admin1 in {"", entry.admin1 or ""} if entry.kind != "region" else {""}:
            others = sum(t.weight for t in by_scope.get((entry.country, admin1), ()) if t.by != number)
            whole = _scope(gazetteer, entry.country, admin1)
            chances[i] += FROM_TOLD * others / everything * weights[i] / whole if whole else 0.0
    return chances


def _scope(gazetteer: Gazetteer, country: str, admin1: str) -> float:
    return gazetteer.scope("region", f"{country}.{admin1}") if admin1 else gazetteer.scope("country", country)


def _homes(weights: Floats) -> list[int]:
    """Candidates that the page may be at home in or about; the most prominent if there are many."""
    return sorted(np.argsort(-weights, kind="stable")[:_MOST_HOMES].tolist())


def _from_homes(gazetteer: Gazetteer, flat: Sequence[Entry], weights: Floats) -> Floats:
    """`(homes, entries)` chances to be drawn from the home's country, its division and around it."""
    homes = _homes(weights)
    countries = _numbered([e.country or f"?{e.id}" for e in flat])
    regions = _numbered([f"{e.country}.{e.admin1}" if e.admin1 and e.kind != "region" else f"?{e.id}" for e in flat])
    places = np.array([e.kind in ("town", "district") for e in flat])
    cells = np.array([cell_of(e.lat, e.lon) for e in flat])
    chances = np.zeros((len(homes), len(flat)))
    world = gazetteer.scope("world", "")
    for row, i in enumerate(homes):
        home = flat[i]
        near = gazetteer.scope("near", f"{cells[i][0]} {cells[i][1]}") if places[i] else 0.0
        region = gazetteer.scope("region", f"{home.country}.{home.admin1}") if home.admin1 else 0.0
        country = gazetteer.scope("country", home.country) if home.country else 0.0
        in_country = FROM_COUNTRY + (0.0 if region else FROM_REGION) + (0.0 if region or near else FROM_NEAR)
        in_region = FROM_REGION + (0.0 if near else FROM_NEAR)
        if country:
            chances[row] += (countries == countries[i]) * (in_country / country)
        else:
            chances[row] += in_country / world
        if region:
            same = (regions == regions[i]) if home.kind != "region" else _in_region(flat, home)
            chances[row] += same * (in_region / region)
        if near:
            beside = (np.abs(cells - cells[i]).max(axis=1) <= 1) & places
            chances[row] += beside * (FROM_NEAR / near)
    return chances * weights[None, :]


def _in_region(flat: Sequence[Entry], home: Entry) -> NDArray[np.bool_]:
    return np.array([e.country == home.country and e.admin1 == home.admin1 and e.kind != "region" for e in flat])


def _numbered(keys: Sequence[str]) -> NDArray[np.intp]:
    return np.unique(np.array(keys), return_inverse=True)[1]


def _sum_homes(likely: Floats, of_name: NDArray[np.intp], home_names: NDArray[np.intp], priors: Floats) -> Floats:
    """Each entry's share of its name, summed over homes; `likely` is `(homes, entries)`.

    How likely a home is rests on the other names: its own is told as often as it is prominent (`priors`), since what
    lies alone would explain its own name best of all.
    """
    starts = np.flatnonzero(np.r_[True, of_name[1:] != of_name[:-1]])
    sums = np.add.reduceat(likely, starts, axis=1)
    own = np.searchsorted(of_name[starts], home_names)
    logs = np.log(sums)
    scores = logs.sum(axis=1) - logs[np.arange(len(own)), own] + priors
    posterior = np.exp(scores - scores.max())
    posterior /= posterior.sum()
    counts = np.diff(np.r_[starts, len(of_name)])
    shares: Floats = (posterior[:, None] * likely / np.repeat(sums, counts, axis=1)).sum(axis=0)
    return shares
