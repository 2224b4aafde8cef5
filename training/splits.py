"""Which of our texts are for training, for tuning and for the final test: whole conflicts, never single texts.

In: nothing. Out: paths by split. Never: a conflict in two splits.
"""

from collections.abc import Iterator
from pathlib import Path

from corpus.annotated import TEXTS

TEST = ("sharkosh", "torapai", "tahrouna", "ogadal", "karasai")
DEV = ("wabembe", "portsauveur", "bonnydelta")
MUC4_HELD_BACK = frozenset(f"DEV-MUC3-{n}" for n in range(1201, 1301))
"""Messages of MUC-4's dev part on which the thresholds for its style are set; nothing is trained on them."""


def split_of(conflict: str) -> str:
    """`train`, `dev` or `test`."""
    return "test" if conflict in TEST else "dev" if conflict in DEV else "train"


def ours_paths(*splits: str) -> Iterator[Path]:
    """Paths of our annotated texts of the named splits, in order."""
    for path in sorted(TEXTS.rglob("*.txt")):
        if split_of(path.parent.name) in splits:
            yield path
