"""Tools of others that open what we export."""

import sys
from types import ModuleType
from typing import Any


class _NoTransliterator:
    """Stands for ICU's, which no check of an entity uses (it has no wheels; pyproject.toml leaves it out)."""

    @classmethod
    def createInstance(cls, script: str) -> "_NoTransliterator":  # noqa: N802
        return cls()

    def transliterate(self, words: str) -> str:
        raise AssertionError("a check of entities transliterates")


def load_followthemoney() -> Any:
    """The model of the `followthemoney` library: all its schemata."""
    if "icu" not in sys.modules:
        stand_in = ModuleType("icu")
        stand_in.Transliterator = _NoTransliterator  # type: ignore[attr-defined]
        sys.modules["icu"] = stand_in
    from followthemoney import model

    return model
