"""Resolve: places, dates, numbers and actors given normal values, with precision and candidates.

In: an article and its reading. Out: the reading, resolved; actors over all pages.
Never: reading (the stage before), or whether two tellings are of one incident (the next).
"""

from rashomon.resolve.actors import group_actors
from rashomon.resolve.largest import Town, find_largest
from rashomon.resolve.numbers import CountValue, parse_number
from rashomon.resolve.resolver import Resolver, load_resolver
from rashomon.resolve.times import TimeValue, resolve_time

__all__ = [
    "CountValue",
    "Resolver",
    "TimeValue",
    "Town",
    "find_largest",
    "group_actors",
    "load_resolver",
    "parse_number",
    "resolve_time",
]
