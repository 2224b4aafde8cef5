"""Everything of ours that can go wrong.

In: where it went wrong and why. Out: one base error and its children.
Never: a message without a machine-readable `reason`. Bad *input* is no exception but a `records.Rejected`.
"""


class RashomonError(Exception):
    """Base of all our errors: which `stage`, for which `reason` (a slug), about which page or source."""

    stage = "rashomon"

    def __init__(self, reason: str, detail: str = "", *, source: str = "") -> None:
        super().__init__(": ".join(part for part in (source, reason.replace("_", " "), detail) if part))
        self.reason = reason
        self.detail = detail
        self.source = source


class CaptureError(RashomonError):
    """A source or a page's bytes cannot be used; at the batch boundary it becomes a `Rejected`."""

    stage = "capture"


class ReaderError(RashomonError):
    """The reader's weights are missing or do not fit this version."""

    stage = "read"


class CaseError(RashomonError):
    """The case cannot be opened, is of a newer version, or is in use."""

    stage = "store"


class SettingsError(RashomonError):
    """Settings that contradict each other or name unknown things; lists all of them at once."""

    stage = "settings"


class NotFoundError(RashomonError):
    """There is no record with this id in the case."""

    stage = "present"


class JudgingError(RashomonError):
    """A decision cannot be kept as it was given."""

    stage = "judge"
