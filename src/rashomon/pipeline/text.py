"""Reading texts without a case.

In: text. Out: a `Reading` whose spans count in that text, unchanged. Never: a case, a file, or a page's sections.
"""

from rashomon import capture, read, resolve
from rashomon.records import Reading
from rashomon.settings import Settings


class TextReader:
    """Holds the reader and the resolver, to read one text after the other."""

    def __init__(self, settings: Settings) -> None:
        self._reader = read.load_reader(settings)
        self._resolver = resolve.load_resolver(settings)

    def read(self, text: str, identifier: str = "") -> Reading:
        """What is read in `text`, under the id `identifier`; offsets are code points of `text` as it was given."""
        article = capture.article_from_text(text, identifier)
        return self._resolver.resolve(article, self._reader.read(article))
