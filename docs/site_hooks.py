"""The site's hooks: what MkDocs is not told by its configuration.

In: pages of `docs/`, files of the project, the code. Out: the site's pages. Never: a link that leads out of the site to
a file of the project, nor anything that a reader's browser would fetch from another host: the build fails.
"""

import os
import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))

import site_reference  # noqa: E402  (it lies beside this file, which MkDocs loads by its path)

PROJECT = {
    "ARCHITECTURE.md": "project/architecture.md", "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md", "NOTICE": "project/notice.md", "LICENSE": "project/licence.md",
    "training/README.md": "project/training.md", "corpus/GUIDELINE.md": "project/annotating.md",
}  # fmt: skip
"""Files of the project that are pages of the site as well."""

_LINK = re.compile(r"\[([^\]]*)\]\((?!\w+:|#)([^)#\s]+)(#[^)\s]*)?\)")
_PART = re.compile(r"<!-- from code: (\w+) -->")
_FOREIGN = re.compile(r"<(?:script|img|iframe|source|video)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
                      r"|<link\b(?=[^>]*\brel=[\"']?(?:stylesheet|preconnect|icon|preload))[^>]*\bhref=[\"']?(?:https?:)?//"
                      r"|url\([\"']?(?:https?:)?//|@import")  # fmt: skip
_LOADED = re.compile(r"https://unpkg\.com/[^\"']+")
"""What the theme would load for diagrams and for browsers without ResizeObserver; no page needs either."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages made from code and the project's own documents."""
    for path, make in site_reference.PAGES.items():
        files.append(File.generated(config, path, content=make()))
    for source, path in PROJECT.items():
        words = (ROOT / source).read_text(encoding="utf-8")
        plain = f"# {Path(source).name.title()}\n\n```text\n{words}```\n"
        files.append(File.generated(config, path, content=words if source.endswith(".md") else plain))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put in the parts made from code; lead links to files of the project to their pages, or leave the words."""
    del config
    here = page.file.src_uri
    source = next((s for s, p in PROJECT.items() if p == here), f"docs/{here}")

    def lead(match: re.Match[str]) -> str:
        words, target, anchor = match[1], match[2], match[3] or ""
        meant = os.path.normpath(os.path.join(os.path.dirname(source), target))  # noqa: PTH118, PTH120  (no file: a path)
        inside = PROJECT.get(meant, meant.removeprefix("docs/"))
        if files.get_file_from_path(inside) is None:
            if not (ROOT / meant).exists():
                raise PluginError(f"{here}: {target} leads nowhere")
            return words if "`" in words else f"`{words}`"
        return f"[{words}]({os.path.relpath(inside, os.path.dirname(here) or '.')}{anchor})"  # noqa: PTH120

    made = _PART.sub(lambda match: site_reference.PARTS[match[1]](), markdown)
    return _LINK.sub(lead, made)


def on_post_build(config: MkDocsConfig) -> None:
    """Check that nothing of the site loads anything from elsewhere. Raises PluginError."""
    found: list[str] = []
    for path in Path(config.site_dir).rglob("*"):
        if path.suffix == ".js":
            words = path.read_text(encoding="utf-8")
            path.write_text(_LOADED.sub("", words), encoding="utf-8")
        elif path.suffix in (".html", ".css") and (foreign := _FOREIGN.search(path.read_text(encoding="utf-8"))):
            found.append(f"{path}: {foreign[0]}")
        elif path.suffix == ".map":
            path.unlink()
    if found:
        raise PluginError("loaded from elsewhere: " + "; ".join(found))


def on_config(config: MkDocsConfig) -> Any:
    """Nothing is fetched: no fonts, no numbers of a repository's stars."""
    if config.theme["font"] is not False or config.repo_url:
        raise PluginError("theme.font must be false, and there must be no repo_url")
    return config
