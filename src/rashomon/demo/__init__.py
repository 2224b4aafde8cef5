"""The demo: pages of twelve outlets about a conflict on Hethra, an island that does not exist.

In: nothing. Out: the paths of the bundled pages and of the gazetteer of the island's places.
Never: what a reader should find on them (`demo/expected.json` of the source tree says that), nor a word of a real page.
"""

from importlib.resources import files
from pathlib import Path

__all__ = ["demo_pages", "gazetteer_path"]


def demo_pages() -> list[Path]:
    """The bundled pages, in order of their names."""
    return sorted(Path(str(files(__name__))).joinpath("pages").glob("*.html"))


def gazetteer_path() -> Path:
    """The gazetteer of the island (CSV: name, lat, lon, kind, admin1, country, aliases with `;` between)."""
    return Path(str(files(__name__))) / "gazetteer.csv"
