"""Echoes found among many passages: `python -m bench echoes`.

In: our own annotated texts. Out: recall and precision of pairs, in all and by kind, and how long it took.
Never: an alteration of more than a fifth of a passage's words, nor a text of others.

Originals are passages of our texts of nine words and more, of which no two repeat each other (every pair was compared
word by word). Each gets an altered copy on another page: verbatim, or with 5, 10, 15 or 20 % of its words replaced,
dropped, inserted or all three; replacing and inserted words are drawn from the texts as often as they stand there. The
distractors are new sentences whose words follow each other as in the texts (a chain of word pairs), so that they share
words and phrases with the originals. A found pair is right if it is an original and its copy.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

from bench.matching import Score
from corpus.annotated import TEXTS, read_annotated
from rashomon.capture import article_from_text
from rashomon.link import find_echoes
from rashomon.link.echoes import MIN_SIMILARITY, words_of
from rashomon.records import PagePassage
from rashomon.spans import Span

LEAST_WORDS = 9
SHARES = (0.05, 0.1, 0.15, 0.2)
Words = list[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--copies", type=int, default=2000)
    parser.add_argument("--distractors", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)


def read_passages() -> list[Words]:
    """The words, as they stand, of all passages of our texts that are long enough."""
    articles = (article_from_text(read_annotated(p).text, p.stem) for p in sorted(TEXTS.rglob("*.txt")))
    texts = (a.text[p.start_char : p.end_char].split() for a in articles for p in a.passages)
    return [w for w in texts if len(words_of(" ".join(w))) >= LEAST_WORDS]


def unlike(passages: Sequence[Words], count: int) -> list[Words]:
    """The first `count` passages of which none repeats another (`O(n²)`, exact)."""
    kept: list[tuple[str, ...]] = []
    out: list[Words] = []
    for passage in passages:
        words = words_of(" ".join(passage))
        if all(Indel.normalized_similarity(words, k, score_cutoff=MIN_SIMILARITY) < MIN_SIMILARITY for k in kept):
            kept.append(words)
            out.append(passage)
            if len(out) == count:
                break
    return out


def _replaced(words: Words, n: int, draw: Callable[[], str], rng: random.Random) -> Words:
    at = set(rng.sample(range(len(words)), n))
    return [draw() if i in at else w for i, w in enumerate(words)]


def _dropped(words: Words, n: int, _: Callable[[], str], rng: random.Random) -> Words:
    at = set(rng.sample(range(len(words)), n))
    return [w for i, w in enumerate(words) if i not in at]


def _inserted(words: Words, n: int, draw: Callable[[], str], rng: random.Random) -> Words:
    out = list(words)
    for _ in range(n):
        out.insert(rng.randrange(len(out) + 1), draw())
    return out


def _mixed(words: Words, n: int, draw: Callable[[], str], rng: random.Random) -> Words:
    parts = Counter(rng.choice((_replaced, _dropped, _inserted)) for _ in range(n))
    for alter, times in parts.items():
        words = alter(words, times, draw, rng)
    return words


ALTERATIONS = {"replaced": _replaced, "dropped": _dropped, "inserted": _inserted, "mixed": _mixed}


def make_copies(originals: Sequence[Words], draw: Callable[[], str], rng: random.Random) -> list[tuple[str, Words]]:
    """A copy of each original with its kind; at most a fifth of the words change (rounded down)."""
    kinds = ["verbatim", *(f"{kind} {round(100 * share)} %" for kind in ALTERATIONS for share in SHARES)]
    out = []
    for i, words in enumerate(originals):
        kind = kinds[i % len(kinds)]
        if kind == "verbatim":
            out.append((kind, list(words)))
        else:
            name, percent, _ = kind.split()
            out.append((kind, ALTERATIONS[name](words, int(len(words) * int(percent) / 100), draw, rng)))
    return out


def make_distractors(passages: Sequence[Words], count: int, rng: random.Random) -> list[Words]:
    """Sentences of 9 to 35 words from a chain of word pairs."""
    after: dict[str, Words] = defaultdict(list)
    for words in passages:
        for a, b in pairwise(words):
            after[a].append(b)
    starts = [w[0] for w in passages]
    out = []
    for _ in range(count):
        words = [rng.choice(starts)]
        length = rng.randint(LEAST_WORDS, 35)
        while len(words) < length:
            following = after.get(words[-1])
            words.append(rng.choice(following or starts))
        out.append(words)
    return out


def _passage(page: str, words: Words) -> PagePassage:
    text = " ".join(words)
    return PagePassage(page, Span(0, len(text), text))


def run(args: argparse.Namespace) -> dict[str, object]:
    """Make, find, count."""
    rng = random.Random(args.seed)
    passages = read_passages()
    vocabulary = [w for words in passages for w in words]
    rng.shuffle(passages)
    originals = unlike(passages, args.copies)
    copies = make_copies(originals, lambda: rng.choice(vocabulary), rng)
    distractors = make_distractors(passages, args.distractors, rng)
    everything = [
        *(_passage(f"a{i}", w) for i, w in enumerate(originals)),
        *(_passage(f"b{i}", w) for i, (_, w) in enumerate(copies)),
        *(_passage(f"d{i}", w) for i, w in enumerate(distractors)),
    ]
    started = time.perf_counter()
    found = {(e.a.page, e.b.page) for e in find_echoes(everything)}
    seconds = time.perf_counter() - started
    return score(found, [kind for kind, _ in copies]) | {
        "copies": len(copies), "distractors": len(distractors), "seconds": round(seconds, 1),
    }  # fmt: skip


def score(found: set[tuple[str, str]], kinds: Sequence[str]) -> dict[str, object]:
    """Found pairs of pages against the copies `b0`, `b1`, … of `a0`, `a1`, …

    >>> score({("a0", "b0"), ("a1", "d7")}, ["verbatim", "dropped 5 %"])["recall"]
    0.5
    """
    right = {(f"a{i}", f"b{i}"): kind for i, kind in enumerate(kinds)}
    hits = [kind for pair, kind in right.items() if pair in found]
    total = Score(len(hits), len(found), len(hits), len(right))
    by_kind, wanted = Counter(hits), Counter(kinds)
    return {
        "recall": round(total.r / 100, 4),
        "precision": round(total.p / 100, 4),
        "found": len(found),
        "recall_by_kind": {kind: round(by_kind[kind] / n, 4) for kind, n in sorted(wanted.items())},
    }
