"""The time of day, for what the case notes of itself.

In: nothing. Out: ISO 8601 in UTC, whole seconds. Never: a time that a page tells.
"""

from datetime import UTC, datetime


def now() -> str:
    """The present moment, as `2024-05-01T09:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
