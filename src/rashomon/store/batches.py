"""Streams in batches.

In: a stream of any length. Out: lists of a size that a database likes. Never: the whole stream in memory.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 5000

Item = TypeVar("Item")


def iter_batches(items: Iterable[Item], size: int = BATCH) -> Iterator[list[Item]]:
    """Lists of `size` items, the last one shorter.

    >>> list(iter_batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    held = iter(items)
    while batch := list(islice(held, size)):
        yield batch
