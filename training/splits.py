"""Which of our texts are for training, for tuning and for the final test: whole conflicts, never single texts.

In: nothing. Out: paths by split. Never: a conflict in two splits.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from corpus.annotated import SNIPPETS, TEXTS

TEST = ("sharkosh", "torapai", "tahrouna", "ogadal", "karasai")
DEV = ("wabembe", "portsauveur", "bonnydelta", "ilemba", "shahrud", "bjelovran", "nandigarh")
MUC4_HELD_BACK = frozenset(f"DEV-MUC3-{n}" for n in range(1201, 1301))
"""Messages of MUC-4's dev part on which the thresholds for its style are set; nothing is trained on them."""


DEV_TOPICS, TEST_TOPICS = ("18",), ("33",)
"""Topics of ECB+ whose annotated texts are for tuning, and for testing."""


def split_of(conflict: str) -> str:
    """`train`, `dev` or `test`."""
    return "test" if conflict in TEST else "dev" if conflict in DEV else "train"


def ours_paths(*splits: str) -> Iterator[Path]:
    """Paths of our annotated texts of the named splits, in order."""
    for path in sorted(TEXTS.rglob("*.txt")):
        if split_of(path.parent.name) in splits:
            yield path


def _every(number: int, name: str) -> bool:
    """One name of `number`, always the same ones."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % number == 0


def is_held_back(article: str) -> bool:
    """Whether an article of PolNeAR's train part is kept for setting the thresholds of its style."""
    return _every(20, article)


def real_split_of(corpus: str, name: str) -> str:
    """The split of a real text that we annotated: of ECB+ whole topics, of the others one text in fourteen each."""
    if corpus == "ecbplus":
        topic = name.split("_")[0]
        return "dev" if topic in DEV_TOPICS else "test" if topic in TEST_TOPICS else "train"
    if _every(7, name):
        return "test" if _every(14, name) else "dev"
    return "dev" if name in MUC4_HELD_BACK else "train"


def snippet_paths(*splits: str) -> Iterator[Path]:
    """Paths of our annotated snippets; every twelfth is `dev`."""
    for path in sorted(SNIPPETS.glob("*.txt")):
        if ("dev" if _every(12, path.stem) else "train") in splits:
            yield path
