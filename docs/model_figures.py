"""The model card's figures, out of the scoreboard: `make readme`.

In: bench/scoreboard.json, docs/model-card.md. Out: the same card, with a table between its markers.
Never: a figure that the scoreboard does not hold; what was not measured is shown as that.
"""

import json
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CARD = ROOT / "docs" / "model-card.md"
BOARD = ROOT / "bench" / "scoreboard.json"
_BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- end -->)", re.DOTALL)


def make_table(rows: list[dict[str, Any]]) -> str:
    """The rows of the scoreboard as a Markdown table.

    >>> row = {"dataset": "D", "metric": "F1", "ours": None, "target": 80, "published": "", "reader": ""}
    >>> make_table([row | {"skipped": "no D"}]).splitlines()[-1]
    '| D | F1 | not measured: no D | 80 |  |  |'
    """
    lines = ["| data | measured | ours | aimed at | published by others | weights |", "|---|---|---|---|---|---|"]
    for row in rows:
        ours = f"not measured: {row['skipped']}" if row["ours"] is None else f"{row['ours']:g}"
        target = "" if row["target"] is None else f"{row['target']:g}"
        cells = (row["dataset"], row["metric"], ours, target, row["published"], row["reader"])
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Rewrite the card's table."""
    table = make_table(json.loads(BOARD.read_text(encoding="utf-8")))
    card = CARD.read_text(encoding="utf-8")
    CARD.write_text(_BLOCK.sub(lambda match: f"{match[1]}{table}\n{match[2]}", card), encoding="utf-8")


if __name__ == "__main__":
    main()
