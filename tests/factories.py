"""Records for tests, short to write."""

import hashlib

from rashomon.records import Page


def make_page(text: str = "Ana killed Bo in Tarn.", source: str = "a.txt", url: str | None = None) -> Page:
    raw = text.encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    identifier = hashlib.sha256(f"{url or source}\n{sha256}".encode()).hexdigest()[:12]
    return Page(identifier, source, sha256, "2024-05-01T10:00:00Z", "text/plain", raw, url)
