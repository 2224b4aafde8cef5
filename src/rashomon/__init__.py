"""Rashomon: many pages, one incident: who says what happened, and how the tellings differ."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rashomon.api import CaseReader

__all__ = ["open"]


def open(path: str | Path) -> "CaseReader":  # noqa: A001  (as notebooks call it: rashomon.open)
    """Open the case at `path` to read it from Python; see `rashomon.api`. Raises errors.CaseError."""
    from rashomon.api import CaseReader  # `rashomon --help` must not load the case's libraries

    return CaseReader(path)
