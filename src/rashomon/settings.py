"""Settings: limits and choices, with their defaults.

In: a TOML file, environment variables (`RASHOMON_…`) and command-line flags. Out: one frozen `Settings`.
Never: read at import time; stages are handed what they need.
"""

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from rashomon.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every limit and choice. Sizes in bytes, times in seconds; a page that passes a limit is rejected, with why."""

    max_page_bytes: int = 20_000_000
    max_decompressed_bytes: int = 200_000_000
    max_article_chars: int = 400_000
    max_nesting: int = 500
    capture_timeout_s: float = 20.0
    page_timeout_s: float = 60.0
    allow_private_addresses: bool = False
    user_agent: str = "rashomon"
    processes: int = 1
    gazetteer: Path | None = None
    aliases: Path | None = None


def load_settings(path: Path | None = None, **overrides: object) -> Settings:
    """Defaults, then `path` (TOML), then `RASHOMON_<NAME>` variables, then `overrides` that are not None.

    Raises SettingsError that names every unknown or ill-typed setting at once.
    """
    found: dict[str, object] = {}
    if path is not None:
        try:
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError("unreadable_settings", str(error), source=str(path)) from error
    known = {f.name: f for f in fields(Settings)}
    found |= {name: os.environ[key] for name in known if (key := f"RASHOMON_{name.upper()}") in os.environ}
    found |= {name: value for name, value in overrides.items() if value is not None}
    wrong: list[str] = []
    values: dict[str, object] = {}
    for name, value in found.items():
        if name not in known:
            wrong.append(f"{name} is not a setting")
            continue
        try:
            values[name] = _convert(str(known[name].type), value)
        except (TypeError, ValueError):
            wrong.append(f"{name}: {value!r} is not {known[name].type}")
    if wrong:
        raise SettingsError("wrong_settings", "; ".join(wrong), source=str(path or ""))
    return replace(Settings(), **values)  # type: ignore[arg-type]  # names and types were checked above


def _convert(kind: str, value: object) -> object:
    """`value` as `kind` ("int", "float", "bool", "Path | None", …).

    >>> _convert("int", "7"), _convert("bool", "yes"), _convert("float", 2)
    (7, True, 2.0)
    """
    if "int" in kind:
        return int(str(value))
    if "float" in kind:
        return float(str(value))
    if "bool" in kind:
        folded = str(value).casefold()
        if folded not in ("true", "false", "yes", "no", "1", "0"):
            raise ValueError(folded)
        return folded in ("true", "yes", "1")
    if "Path" in kind:
        return Path(str(value))
    return str(value)
