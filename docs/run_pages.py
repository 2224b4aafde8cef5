"""The tutorials and how-tos, run: their commands, their Python, and what both print.

In: Markdown with blocks of `sh` and `python`, each perhaps followed by a block of `text`. Out: the same Markdown,
each such `text` block replaced by what was printed now. Never: a word outside those blocks changed, nor a block passed
over that fails: `BlockFailedError` says which.

A page's blocks run in order in one folder, its Python in one namespace, as the cells of a notebook do. The folder holds
`demo-case.db` and the files of `docs/example`. `rashomon demo` and `rashomon serve` are not run: the one has made the
case, the other does not end.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example"
PAGES = ("tutorial.md", "python.md", *(f"howto/{p.name}" for p in sorted((ROOT / "docs" / "howto").glob("*.md"))))
NOT_RUN = ("rashomon demo", "rashomon serve")
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


class BlockFailedError(Exception):
    """A block of a page did not run to its end."""


def run_page(markdown: str, folder: Path) -> str:
    """The page with what its blocks print now. Raises BlockFailedError."""
    namespace: dict[str, object] = {"__name__": "__page__"}

    def run(match: re.Match[str]) -> str:
        kind, code, shown = match[1], match[2], match[3]
        printed = run_shell(code, folder) if kind == "sh" else run_python(code, folder, namespace)
        block = f"```{kind}\n{code}```\n"
        return block if shown is None else f"{block}\n```text\n{printed.strip(chr(10))}\n```\n"

    return _BLOCK.sub(run, markdown)


def run_shell(code: str, folder: Path) -> str:
    """What these commands print, stderr included, each line a command."""
    env = os.environ | {"COLUMNS": "100", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    found = []
    for line in code.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith(("#", *NOT_RUN)):
            continue
        done = subprocess.run(  # noqa: S602  (the commands are those of our own pages)
            line, shell=True, cwd=folder, env=env, text=True, stdin=subprocess.DEVNULL, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode != 0:
            raise BlockFailedError(f"{line}: exit code {done.returncode}: {done.stdout}")
        found.append("\n".join(x.rstrip() for x in done.stdout.replace(str(folder), "…").splitlines()))
    return "\n".join(x for x in found if x)


def run_python(code: str, folder: Path, namespace: dict[str, object]) -> str:
    """What this cell prints."""
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out):
        try:
            exec(compile(code, "<cell>", "exec"), namespace)  # noqa: S102  (the cells are those of our own pages)
        except Exception as error:
            raise BlockFailedError(f"{code}\n{type(error).__name__}: {error}") from error
    return out.getvalue()


def prepare(folder: Path, demo: Path) -> None:
    """The folder as every page finds it."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    shutil.copy(demo, folder / "demo-case.db")


def main() -> None:
    """Rewrite the pages."""
    with tempfile.TemporaryDirectory(prefix="rashomon-pages-") as held:
        case = Path(held) / "made" / "demo-case.db"
        case.parent.mkdir()
        command = [sys.executable, "-m", "rashomon", "demo", "--case", str(case)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        for name in PAGES:
            path, folder = ROOT / "docs" / name, Path(held) / name.replace("/", "-")
            prepare(folder, case)
            path.write_text(run_page(path.read_text(encoding="utf-8"), folder), encoding="utf-8")


if __name__ == "__main__":
    main()
