"""Build hook: the gazetteer is made when the package is built.

In: the build's own requirements (GeoNames' places in packages). Out: `src/rashomon/resolve/data/gazetteer.sqlite`.
Never: a download, nor a gazetteer left over from other sources than these.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
TARGET = ROOT / "src" / "rashomon" / "resolve" / "data" / "gazetteer.sqlite"


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds the gazetteer if it is not there or was made by other sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before anything is packed."""
        del version, build_data
        sys.path.insert(0, str(ROOT))
        from gazetteer.build import build_gazetteer, is_current  # the hook is loaded from anywhere, as a file alone

        if not is_current(TARGET):
            build_gazetteer(TARGET)
