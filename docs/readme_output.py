"""The README's examples, run again: `make readme`.

In: README.md with blocks between `<!-- output: NAME -->` and `<!-- end -->`. Out: the same file, each block replaced by
what its commands print now. Never: a word outside the blocks changed, nor an output that no command printed.

The commands run in a folder of their own with the files of `docs/example`, 100 columns wide, without a terminal.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
EXAMPLE = ROOT / "docs" / "example"
WORKPLACE = Path(tempfile.gettempdir()) / "rashomon-readme"
"""Always the same: the ids of pages derive from where they lie."""

_BLOCK = re.compile(r"(<!-- output: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_GAP = "[...]"


def run(command: str) -> str:
    """What `command` prints on stdout, in the workplace; its exit code does not matter (1 is an answer too)."""
    bin_folder = str(Path(sys.executable).parent)
    env = os.environ | {"COLUMNS": "100", "PATH": bin_folder + os.pathsep + os.environ["PATH"]}
    options = {"cwd": WORKPLACE, "env": env, "stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    done = subprocess.run(command, shell=True, check=False, **options)  # noqa: S602  (the commands are written below)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command}: exit code {done.returncode}: {done.stderr.strip()}")
    return done.stdout.replace(str(ROOT), "…")


def show(command: str, most: int = 60) -> str:
    """The command and what it prints, cut after `most` lines."""
    lines = [line.rstrip() for line in run(command).strip("\n").splitlines()]
    cut = [f"{_GAP} {len(lines) - most} lines more"] if len(lines) > most else []
    return "\n".join([f"$ {command}", *lines[:most], *cut])


def example() -> str:
    """Three pages into a case, and its incidents."""
    (WORKPLACE / "marsh.db").unlink(missing_ok=True)
    return "\n\n".join(map(show, ("rashomon add marsh.db pages --gazetteer gazetteer.csv",
                                  "rashomon show marsh.db incidents")))  # fmt: skip


def contested() -> str:
    """The incident of most tellings, whole."""
    incidents = json.loads(run("rashomon show marsh.db incidents --json"))
    most = max(incidents, key=lambda i: (len(i["contested"]), len(i["tellings"])))
    return show(f"rashomon show marsh.db {most['id']}")


def echoes() -> str:
    """What one page repeats of another, and with which words changed."""
    return show("rashomon show marsh.db echoes")


def reading() -> str:
    """A text without a case."""
    return show("rashomon read note.txt | python -m json.tool --indent 1", most=70)


def demo() -> str:
    """The beginning of each part of the demo's register."""
    (WORKPLACE / "demo-case.db").unlink(missing_ok=True)
    parts: list[list[str]] = [["$ rashomon demo"]]
    for line in run("rashomon demo").splitlines():
        if line.startswith("───"):
            parts.append([])
        parts[-1].append(line.rstrip())
    kept = [
        part[:most] + ([_GAP] if len(part) > most else []) for part, most in zip(parts, (20, 24, 46, 34), strict=False)
    ]
    return "\n".join(line for part in kept for line in part)


BLOCKS: dict[str, Callable[[], str]] = {
    "example": example, "contested": contested, "echoes": echoes, "read": reading, "demo": demo,
}  # fmt: skip
"""In the order in which they must run: the later ones use the case of the first."""


def names(readme: str) -> list[str]:
    """The names of the blocks in `readme`."""
    return [match[2] for match in _BLOCK.finditer(readme)]


def main() -> None:
    """Rewrite the README's blocks."""
    shutil.rmtree(WORKPLACE, ignore_errors=True)
    shutil.copytree(EXAMPLE, WORKPLACE)
    replace_blocks(README, {name: f"```text\n{make()}\n```" for name, make in BLOCKS.items()})


def replace_blocks(path: Path, printed: Mapping[str, str]) -> None:
    """Put what was printed into the blocks of a file."""
    text = path.read_text(encoding="utf-8")
    text = _BLOCK.sub(lambda match: f"{match[1]}{printed[match[2]]}\n{match[3]}", text)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
