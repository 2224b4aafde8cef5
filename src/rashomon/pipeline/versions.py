"""The versions of the stages: what stands on everything that they produce.

In: settings. Out: version strings. Never: a version of the reader, which its weights carry.

Raise a stage's number when what it produces changes; cases then say what is outdated, and do again only that.
"""

import hashlib
from pathlib import Path

from rashomon.errors import SettingsError
from rashomon.settings import Settings

CAPTURE = "2"
RESOLVE = "4"
ACTORS = "3"
ECHOES = "3"
JUDGED = "1"
INCIDENTS = "16"
RELATIONS = "1"
WORDING = "1"
OVERVIEW = "2"


def resolve_version(settings: Settings) -> str:
    """The version of resolving, with a digest of the user's own lists, on which its results depend as well.

    Raises SettingsError("unreadable_list") if one cannot be read.
    """
    digests = [f"{path.name} {_digest(path)}" for path in (settings.gazetteer, settings.aliases) if path is not None]
    return " with ".join([RESOLVE, *digests])


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError as error:
        raise SettingsError("unreadable_list", str(error), source=str(path)) from error
