"""Weights of linking that have not seen the topics that they are scored on.

In: `training/link_folds.json`, written by training/linking.py. Out: topics of a key in parts, each with weights
estimated without them. Never: an estimate.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from rashomon.link.comparisons import LinkWeights, load_weights

FOLDS = Path(__file__).parents[1] / "training" / "link_folds.json"


class Fold(msgspec.Struct, frozen=True):
    """Topics of ECB+, and weights that were estimated without any of their documents."""

    topics: list[str]
    weights: LinkWeights


def part_topics(topics: Sequence[str], path: Path = FOLDS) -> list[Fold]:
    """The topics by fold; those of no fold (others than ECB+'s 1 to 35) are scored by the packaged weights."""
    folds = msgspec.json.decode(path.read_bytes(), type=list[Fold]) if path.exists() else []
    parts = [Fold([t for t in topics if t in fold.topics], fold.weights) for fold in folds]
    known = {t for fold in folds for t in fold.topics}
    parts.append(Fold([t for t in topics if t not in known], load_weights()))
    return [part for part in parts if part.topics]
