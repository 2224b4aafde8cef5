"""What was set on the dev split, into the packaged weights: `python -m training.pack`, after `training.tune`.

In: `training/thresholds.json`; the weights beside the card. Out: `reader.json`, whose version says of all of them.
Never: torch, or a text.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from rashomon.read.heads import LAYERS

PACKAGED = Path(__file__).parents[1] / "src" / "rashomon" / "read" / "weights"
RUNS = Path(__file__).with_name("runs")
HELD = Path(__file__).with_name("thresholds.json")
CARD = "reader.json"


def load_held(path: Path = HELD) -> dict[str, Any]:
    """`thresholds`, `odds` and `effects`: those of `training.tune`, or none where it has not run."""
    nothing: dict[str, Any] = {"thresholds": {}, "odds": {}, "effects": {}}
    return nothing | (json.loads(path.read_text(encoding="utf-8")) if path.exists() else {})


def write_card(run: str, held: dict[str, Any], folder: Path = PACKAGED) -> str:
    """Write the card of the weights in `folder`, and return its version: the run's name and a digest of everything."""
    digest = hashlib.sha256((folder / "reader.onnx").read_bytes() + (folder / "heads.npz").read_bytes())
    digest.update(json.dumps(held, sort_keys=True).encode())
    version = f"{run}-{digest.hexdigest()[:12]}"
    card = {"version": version, "layers": list(LAYERS), **held}
    (folder / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return version


def main() -> None:
    """The command."""
    run = json.loads((PACKAGED / CARD).read_text(encoding="utf-8"))["version"].rsplit("-", 1)[0]
    print(write_card(run, load_held()))


if __name__ == "__main__":
    main()
