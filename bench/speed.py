"""How fast pages are added: articles a second, peak memory, seconds by stage, growth with the number of articles.

In: our own annotated texts, recombined into as many articles of about 400 words as are asked for, as HTML.
Out: a row for every run (how many articles and processes). Never: texts of others, nor a warm start: every run is
a process of its own with an empty case, from its first import to its last commit.

The articles are about as unlike each other as those of many outlets: each sentence begins as one of the corpus and ends
as another, a third of the longer words are replaced by others of the corpus and names by invented ones; one article in
twenty copies another with a few changes. (With whole sentences, of which there are some 9,000, 1,000 articles held 29
echoes each and 3,000 held 85: what grew then was the repetition, not the work of an article. So they hold 2 and 4.)
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.annotated import TEXTS, read_annotated

WORDS_AN_ARTICLE = 400
SIZES = (100, 1000)
FULL_SIZE = 10_000
PROCESSES = (1, 2)
COPIED = 0.05
REPLACED = 0.33
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_WORD = re.compile(r"\w+")
_SYLLABLES = ("ka", "lo", "mir", "ten", "sa", "du", "bar", "ne", "vo", "rin", "gal", "hes", "ti", "pol", "zu", "mar")


@dataclass(frozen=True, slots=True)
class Measured:
    """One run; `start_s` is what passes before the first page is read, `stages` are seconds summed over processes.

    `read_per_s`: articles a second and process of what is done for each alone: opening, reading, resolving.
    """

    articles: int
    processes: int
    wall_s: float
    start_s: float
    articles_per_s: float
    ms_per_article: float
    parent_mb: float
    worker_mb: float
    tellings: int
    read_per_s: float
    stages: dict[str, float]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the benchmark."""
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of articles, with commas between")
    parser.add_argument("--processes", default=",".join(map(str, PROCESSES)), help="numbers of processes")
    parser.add_argument("--full", action="store_true", help=f"also {FULL_SIZE} articles (takes long)")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Measure every size with every number of processes; the table goes to stderr as it grows."""
    sizes = [int(n) for n in args.sizes.split(",")] + ([FULL_SIZE] if args.full else [])
    processes = [int(n) for n in args.processes.split(",")]
    rows: list[Measured] = []
    with tempfile.TemporaryDirectory() as held:
        root = Path(held)
        for size in sizes:
            folder = root / f"pages-{size}"
            write_articles(folder, size)
            for count in processes:
                rows.append(_measure(folder, root / f"{size}-{count}.db", count))
                _print_row(rows[-1], header=len(rows) == 1)
    figures: dict[str, object] = {f"{r.articles}x{r.processes}": asdict(r) for r in rows}
    for count in processes:
        own = [r for r in rows if r.processes == count]
        if len(own) > 1:
            steady = [(r.wall_s - r.start_s) / r.articles for r in own]
            figures[f"growth_{count}"] = round(steady[-1] / steady[0], 3)
    return figures


def write_articles(folder: Path, count: int, seed: int = 11) -> None:
    """Write `count` pages into `folder`; the same ones for the same seed."""
    chance = random.Random(seed)
    sentences, words = _material()
    folder.mkdir(parents=True)
    bodies: list[list[str]] = []
    for number in range(count):
        if bodies and chance.random() < COPIED:
            body = [_vary(s, words, chance, 0.03) for s in chance.choice(bodies)]
        else:
            body = _make_body(sentences, words, chance)
        if len(bodies) < 2000:
            bodies.append(body)
        (folder / f"{number:06}.html").write_text(_page(body, number, chance), encoding="utf-8")


def _material() -> tuple[list[str], list[str]]:
    sentences: list[str] = []
    for path in sorted(TEXTS.rglob("*.txt")):
        text = read_annotated(path).text
        sentences += [s.strip() for s in _SENTENCE.findall(text) if 5 <= len(s.split()) <= 60]
    return sentences, sorted({w for s in sentences for w in _WORD.findall(s) if w.islower() and len(w) > 4})


def _make_body(sentences: list[str], words: list[str], chance: random.Random) -> list[str]:
    names: dict[str, str] = {}
    body: list[str] = []
    length = 0
    while length < WORDS_AN_ARTICLE:
        # runs of neighbouring sentences, so that what belongs together stays together
        at, to, run = chance.randrange(len(sentences)), chance.randrange(len(sentences)), chance.randint(2, 5)
        for start, end in zip(sentences[at : at + run], sentences[to : to + run], strict=False):
            sentence = _splice(start, end)
            body.append(_vary(sentence, words, chance, REPLACED, names))
            length += len(sentence.split())
    return body


def _splice(start: str, end: str) -> str:
    """The first half of one sentence and the second half of another.

    >>> _splice("They burned the mill.", "Nobody was hurt there.")
    'They burned hurt there.'
    """
    first, last = start.split(), end.split()
    return " ".join([*first[: len(first) // 2], *last[len(last) // 2 :]])


def _vary(
    sentence: str, words: list[str], chance: random.Random, share: float, names: dict[str, str] | None = None
) -> str:
    def replace(match: re.Match[str]) -> str:
        word = match[0]
        if names is not None and word[0].isupper() and len(word) > 3 and match.start() > 0:
            if word not in names:
                names[word] = "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).capitalize()
            return names[word]
        return chance.choice(words) if word.islower() and len(word) > 4 and chance.random() < share else word

    return _WORD.sub(replace, sentence)


def _page(body: list[str], number: int, chance: random.Random) -> str:
    paragraphs = "".join(f"<p>{' '.join(body[i : i + 3])}</p>\n" for i in range(0, len(body), 3))
    menu = "".join(f"<li><a href='/{i}'>{chance.choice(body)[:30]}</a></li>" for i in range(8))
    return (
        f"<!doctype html><html lang='en'><head><title>{body[0][:70]} - Lantern {number % 40}</title>"
        f"<meta property='article:published_time' content='2024-{number % 12 + 1:02}-{number % 28 + 1:02}'></head>"
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{body[0][:70]}</h1>\n{paragraphs}</article></main>"
        f"<footer>Lantern {number % 40}. All rights reserved.</footer></body></html>\n"
    )


def _measure(folder: Path, case: Path, processes: int) -> Measured:
    command = [sys.executable, "-m", "bench.speed", str(folder), str(case), str(processes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _print_row(row: Measured, *, header: bool) -> None:
    if header:
        names = "articles processes articles/s ms/article start/s parent/MB worker/MB tellings read/s seconds by stage"
        print("  ".join(f"{n:>10}" for n in names.split(" ", 9)), file=sys.stderr)
    figures = (row.articles, row.processes, row.articles_per_s, row.ms_per_article, row.start_s, row.parent_mb,
               row.worker_mb, row.tellings, row.read_per_s)  # fmt: skip
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in row.stages.items())
    print("  ".join(f"{x:>10}" for x in (*figures, stages)), file=sys.stderr, flush=True)


def _child(folder: str, case_path: str, processes: str) -> None:
    """One run, in a process of its own; prints what was measured as JSON."""
    started = time.perf_counter()
    from rashomon import store
    from rashomon.pipeline import add as pipeline
    from rashomon.pipeline.progress import Silent
    from rashomon.settings import Settings

    class Watch(Silent):
        reading_at = 0.0

        def begin(self, stage: str, total: int | None) -> None:
            del total
            if stage == "read":
                self.reading_at = time.perf_counter()

    watch = Watch()
    with store.open_case(case_path, create=True) as case:
        chosen = pipeline.Run(settings=Settings(processes=int(processes)), progress=watch)
        summary = pipeline.add(case, [folder], chosen)
    wall_s = time.perf_counter() - started
    if summary.rejected or summary.captured == 0:
        raise SystemExit(f"{len(summary.rejected)} of {summary.captured} pages were rejected: {summary.rejected[:3]}")
    start_s = watch.reading_at - started - summary.seconds["capture"]
    peak_mb = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    figures = Measured(
        articles=summary.captured, processes=int(processes), wall_s=round(wall_s, 2), start_s=round(start_s, 2),
        articles_per_s=round(summary.captured / wall_s, 2), ms_per_article=round(1000 * wall_s / summary.captured, 1),
        parent_mb=round(peak_mb[0]), worker_mb=round(peak_mb[1]), tellings=summary.tellings,
        read_per_s=round(summary.captured / sum(summary.seconds[s] for s in ("open", "read", "resolve")), 2),
        stages={name: round(seconds, 2) for name, seconds in summary.seconds.items()},
    )  # fmt: skip
    print(json.dumps(asdict(figures)))


if __name__ == "__main__":
    _child(*sys.argv[1:])
