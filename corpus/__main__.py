"""`python -m corpus check [PATH...]`: say what is wrong in annotated texts (and cases), then count what they hold.

`python -m corpus agreement [--json]`: how far the second annotator agrees with the first.
"""

import sys
from collections import Counter
from pathlib import Path

from corpus.annotated import TEXTS, AnnotationError, read_annotated
from corpus.cases import CASES, read_case


def main(arguments: list[str]) -> int:
    """Check the named files or folders (default: all texts) or print the agreement; exit code 1 if a file is wrong."""
    if arguments and arguments[0] == "agreement":
        from corpus import agreement  # it loads the benchmarks, which `check` does not need

        return agreement.main(arguments[1:])
    if not arguments or arguments[0] != "check":
        print(__doc__)
        return 2
    roots = [Path(a) for a in arguments[1:]] or [TEXTS, CASES]
    held = [p for root in roots if root.is_dir() for p in sorted(root.rglob("*.*")) if p.suffix in (".txt", ".json")]
    files = [*held, *(root for root in roots if not root.is_dir())]
    case_files = [p for p in files if p.suffix == ".json"]
    paths = [p for p in files if p.suffix != ".json"]
    counts: Counter[str] = Counter()
    types: Counter[str] = Counter()
    stances: Counter[str] = Counter()
    bad = 0
    for path in case_files:
        try:
            pages = read_case(path)
        except (AnnotationError, ValueError, KeyError) as error:
            print(f"{path.name}: {error!r}" if isinstance(error, KeyError) else error)
            bad += 1
            continue
        counts["pages of cases"] += len(pages)
        counts["labels of cases"] += sum(len(page.tellings) for page in pages)
    for path in paths:
        try:
            annotated = read_annotated(path)
        except AnnotationError as error:
            print(error)
            bad += 1
            continue
        counts["texts"] += 1
        counts["words"] += len(annotated.text.split())
        counts["without a telling"] += not annotated.tellings
        counts["tellings"] += len(annotated.tellings)
        counts["statements"] += len(annotated.statements)
        counts["loaded"] += len(annotated.loaded)
        types.update(t for telling in annotated.tellings for t in telling.types)
        stances.update(t.stance for t in annotated.tellings)
        stances.update(t.stage for t in annotated.tellings)
    for counter in (counts, types, stances):
        print(", ".join(f"{n} {k}" for k, n in counter.most_common()))
    print(f"{bad} files with errors")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
