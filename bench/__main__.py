"""`python -m bench`: the scoreboard; `python -m bench NAME ... [--json]`: one benchmark; `--list` names them.

In: a benchmark's name and options. Out: its figures, as a table or as JSON on stdout. Never: a benchmark's own logic.
"""

import argparse
import importlib
import json
import sys

from bench import board
from rashomon.errors import RashomonError

BENCHMARKS = {
    "roles": "MUC-4, five roles merged per document (CEAF-REE)",
    "muc4": "MUC-4, all 23 slots, official scoring",
    "muc4-check": "the MUC-4 scorer against the score reports of 1992",
    "attribution": "PolNeAR: source, cue, content",
    "entities": "entities in CoNLL (re3d)",
    "places": "toponym recognition and resolution (LGL, TR-News)",
    "tellings": "our annotated texts",
    "real-tellings": "real texts that we annotated by offsets",
    "coreference": "documents of one incident, end to end (ECB+)",
    "incidents": "templates of one incident over many messages (MUC-4)",
    "cases": "tellings of one incident in dense conflicts, written by us",
    "same-event": "does a source tell of a report's event (FAMuS)",
    "echoes": "altered copies among distractors",
    "linking-scale": "time and memory of linking, by number of tellings",
    "event-types": "ACLED-like sub-events",
    "pages": "main text of pages",
    "speed": "articles a second",
    "exports": "seconds and memory of every export",
}


def flatten(figures: dict[str, object], prefix: str = "") -> list[tuple[str, object]]:
    """Nested figures as rows.

    >>> flatten({"p": 1, "roles": {"place": {"f": 2}}})
    [('p', 1), ('roles.place.f', 2)]
    """
    rows: list[tuple[str, object]] = []
    for name, value in figures.items():
        if isinstance(value, dict):
            rows += flatten(value, f"{prefix}{name}.")
        else:
            rows.append((prefix + name, value))
    return rows


def main(arguments: list[str]) -> int:
    """Run the scoreboard or the named benchmark; 2 if there is none of that name or it cannot run."""
    if not arguments or (arguments[0].startswith("-") and arguments[0] != "--list"):
        return board.main(arguments)
    if arguments[0] not in BENCHMARKS:
        print(__doc__ + "\n" + "\n".join(f"  {name:12} {what}" for name, what in BENCHMARKS.items()))
        return 0 if arguments[0] == "--list" else 2
    module = importlib.import_module("bench." + arguments[0].replace("-", "_"))
    parser = argparse.ArgumentParser(prog=f"python -m bench {arguments[0]}", description=module.__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON on stdout")
    module.add_arguments(parser)
    args = parser.parse_args(arguments[1:])
    try:
        figures = module.run(args)
    except (OSError, ValueError, RashomonError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in flatten(figures):
            print(f"{name:40} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
