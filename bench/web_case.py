"""A made-up case of any size, for measuring the web app: pages, tellings, incidents, links, echoes of invented places.

In: a path, how many tellings. Out: a case whose tables are as full as those of a real one. Never: a text of somebody's.
"""

import random
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from rashomon import store
from rashomon.records import MatchWeight
from rashomon.store import schema
from rashomon.store.links import WeightNumbers
from rashomon.vocabulary import INCIDENT_TYPES

PER_PAGE = 4
PER_INCIDENT = 3
BATCH = 20_000
_SYLLABLES = ("ka", "vel", "tar", "oss", "hin", "mor", "del", "ruk", "sen", "tho", "bal", "ire", "lun", "zad", "pem")
_WORDS = ("market", "river", "convoy", "soldiers", "villagers", "road", "night", "shots", "police", "school", "bridge",
          "statement", "witness", "morning", "dead", "wounded", "fled", "fire", "gunmen", "border")  # fmt: skip
_WEIGHT = MatchWeight("time", "same day", 4.9)

Row = dict[str, Any]


def make_web_case(path: Path, tellings: int, seed: int = 7) -> None:
    """Write the case to `path`, which must not exist."""
    chance = random.Random(seed)
    names = sorted({"".join(chance.choices(_SYLLABLES, k=3)).title() for _ in range(4000)})
    maker = _Maker(chance, tellings, names[:2000], names[2000:])
    with store.open_case(path, create=True) as case:
        for table, rows in maker.tables():
            started, count = time.perf_counter(), 0
            with case.write() as connection:
                count = _insert(connection, table, rows)
            print(f"{table.name}: {count:,} rows in {time.perf_counter() - started:.0f} s", flush=True)
        started = time.perf_counter()
        with case.write() as connection:
            store.replace_overview(connection)
            # as in a case that follows from what is in it: every screen asks whether it does
            made_from = store.fingerprint_input(connection)
            store.save_product(connection, store.Product("overview", "made", made_from))
        print(f"overview in {time.perf_counter() - started:.0f} s", flush=True)


def _insert(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    count = 0
    while batch := list(islice(rows, BATCH)):
        connection.execute(table.insert(), batch)
        count += len(batch)
    return count


class _Maker:
    """Rows of every table; what one table says of a telling the others say too."""

    def __init__(self, chance: random.Random, tellings: int, places: list[str], actors: list[str]) -> None:
        self.chance = chance
        self.tellings = tellings
        self.pages = tellings // PER_PAGE
        self.incidents = tellings // PER_INCIDENT
        self.places = [(name, chance.uniform(-35, 35), chance.uniform(-20, 50)) for name in places]
        self.actors = actors

    def tables(self) -> list[tuple[Table, Iterator[Row]]]:
        return [
            (schema.pages, self._pages()), (schema.page_bytes, self._bytes()), (schema.articles, self._articles()),
            (schema.readings, self._readings()), (schema.tellings, self._tellings()),
            (schema.telling_types, self._types()), (schema.fillers, self._fillers()), (schema.actors, self._actors()),
            (schema.incidents, self._incidents()), (schema.incident_tellings, self._members()),
            (schema.incident_fields, self._fields()), (schema.links, self._links()),
            (schema.match_weights, self._weights()), (schema.echoes, self._echoes()),
        ]  # fmt: skip

    def incident_of(self, telling: int) -> int:
        """Tellings of one page are of different incidents: neighbours in number are pages apart."""
        return (telling - 1) % self.incidents + 1

    def _text(self, page: int) -> str:
        chance = random.Random(page)
        return " ".join(
            f"In {self._place(page * PER_PAGE + i)[0]} {' '.join(chance.choices(_WORDS, k=14))}."
            for i in range(PER_PAGE)
        )

    def _place(self, telling: int) -> tuple[str, float, float]:
        return self.places[int((self.incident_of(telling) * 2654435761 % 2**32) / 2**32 * len(self.places))]

    def _kind(self, telling: int) -> str:
        return INCIDENT_TYPES[self.incident_of(telling) * 7 % len(INCIDENT_TYPES)]

    def _day(self, telling: int) -> str:
        number = self.incident_of(telling) * 48271 % (25 * 336)
        return f"{2000 + number // 336}-{number % 336 // 28 + 1:02}-{number % 28 + 1:02}"

    def _pages(self) -> Iterator[Row]:
        for n in range(1, self.pages + 1):
            yield {"number": n, "id": f"p{n}", "source": f"/made/{n}.html", "url": None, "sha256": f"{n:064x}",
                   "captured_at": "2024-05-01T10:00:00Z", "media_type": "text/html", "hints": None, "version": 1,
                   "previous": None, "status": "read", "tried_by": "made"}  # fmt: skip

    def _bytes(self) -> Iterator[Row]:
        for n in range(1, self.pages + 1):
            yield {"page": n, "packing": "none", "size": 1, "body": b"x"}

    def _articles(self) -> Iterator[Row]:
        for n in range(1, self.pages + 1):
            day = self._day(n * PER_PAGE)
            yield {"page": n, "text": self._text(n), "title": f"Story {n}", "byline": None,
                   "outlet": f"The {self.actors[n % 300]} Post", "outlet_found": "made", "language": "en",
                   "made_by": "made", "published_start": day, "published_end": day, "published_precision": "day",
                   "published_found": "made"}  # fmt: skip

    def _readings(self) -> Iterator[Row]:
        for n in range(1, self.pages + 1):
            yield {"page": n, "read_by": "made", "resolved_by": "made", "read_at": "2024-05-01T10:00:00Z",
                   "serial": n, "vectors": b""}  # fmt: skip

    def _ranges(self, page: int) -> list[tuple[int, int]]:
        found, at = [], 0
        for sentence in self._text(page).split(". "):
            found.append((at, at + len(sentence)))
            at += len(sentence) + 2
        return found

    def _numbers(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Telling, page, ordinal, and where its words stand."""
        for page in range(1, self.pages + 1):
            for ordinal, (start, end) in enumerate(self._ranges(page)):
                yield (page - 1) * PER_PAGE + ordinal + 1, page, ordinal, start, end

    def _tellings(self) -> Iterator[Row]:
        for n, page, ordinal, start, end in self._numbers():
            day = self._day(n)
            yield {"number": n, "id": f"t{n}", "page": page, "ordinal": ordinal, "start_char": start, "end_char": end,
                   "score": 0.8, "types": [self._kind(n)], "type_scores": [0.8], "stance": "asserts",
                   "stage": "accomplished", "anchors": [], "passages": [(start, end)], "time_start_char": start,
                   "time_end_char": start + 2, "time_score": 0.8, "time_start": day, "time_end": day,
                   "time_precision": "day"}  # fmt: skip

    def _types(self) -> Iterator[Row]:
        for n in range(1, self.tellings + 1):
            yield {"telling": n, "type": self._kind(n)}

    def _fillers(self) -> Iterator[Row]:
        empty = dict.fromkeys(("name", "lat", "lon", "precision", "actor", "effect", "side"))
        for n, _, _, start, _ in self._numbers():
            name, lat, lon = self._place(n)
            base = empty | {"telling": n, "ordinal": 0, "start_char": start, "end_char": start + 2, "score": 0.8,
                            "mentions": []}  # fmt: skip
            incident = self.incident_of(n)
            one, other = self.actors[incident * 31 % len(self.actors)], self.actors[incident * 17 % len(self.actors)]
            yield base | {"role": "place", "text": name, "kind": "town", "name": name, "lat": lat, "lon": lon,
                          "precision": "town"}  # fmt: skip
            yield base | {"role": "perpetrator", "text": one, "kind": "organisation", "actor": one.casefold(),
                          "side": "unknown"}  # fmt: skip
            yield base | {"role": "target", "text": other, "kind": "civilian", "actor": other.casefold(),
                          "effect": "killed"}  # fmt: skip

    def _actors(self) -> Iterator[Row]:
        for n, name in enumerate(self.actors, start=1):
            yield {"number": n, "id": name.casefold(), "name": name, "kind": "organisation", "mentions": n,
                   "suggested": []}  # fmt: skip

    def _incidents(self) -> Iterator[Row]:
        for n in range(1, self.incidents + 1):
            yield {"number": n, "id": f"i{n}", "types": [self._kind(n)], "origins": [f"o{n}.{k}" for k in range(3)],
                   "weakest": None, "contested": int(n % 5 == 0)}  # fmt: skip

    def _members(self) -> Iterator[Row]:
        for n in range(1, self.tellings + 1):
            yield {"incident": self.incident_of(n), "ordinal": (n - 1) // self.incidents, "telling": f"t{n}"}

    def _fields(self) -> Iterator[Row]:
        for n in range(1, self.incidents + 1):
            told = [{"value": str(k), "tellings": [f"t{n + k * self.incidents}"], "origins": [f"o{n}.{k}"]}
                    for k in range(2)]  # fmt: skip
            yield {"incident": n, "ordinal": 0, "field": "count_killed",
                   "status": "contested" if n % 5 == 0 else "agreed", "told": told}  # fmt: skip

    def _links(self) -> Iterator[Row]:
        packed = WeightNumbers().pack([[_WEIGHT]])[0]
        for n in range(1, self.incidents + 1):
            yield {"number": n, "a": f"t{n}", "b": f"t{n + self.incidents}", "probability": n * 37 % 1000 / 1000,
                   "weights": packed}  # fmt: skip

    def _weights(self) -> Iterator[Row]:
        yield {"number": 1, "comparison": _WEIGHT.comparison, "level": _WEIGHT.level, "weight": _WEIGHT.weight}

    def _echoes(self) -> Iterator[Row]:
        for n in range(1, self.pages // 4):
            yield {"number": n, "a_page": n, "a_start_char": 0, "a_end_char": 20, "b_page": self.pages - n,
                   "b_start_char": 0, "b_end_char": 20, "similarity": 0.9}  # fmt: skip
