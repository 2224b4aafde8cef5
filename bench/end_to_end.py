"""Texts read end to end: what the pipeline does with a page, without a case.

In: texts by name. Out: for each its article and its resolved reading. Never: anything of an answer key.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rashomon.capture import article_from_text
from rashomon.read import load_reader
from rashomon.records import Article, Reading
from rashomon.resolve import load_resolver
from rashomon.settings import Settings


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text's article and what was read in it."""

    article: Article
    reading: Reading

    @property
    def published(self) -> str | None:
        """The article's date (ISO), None where it has none."""
        return self.article.published.start if self.article.published else None


def read_all(
    texts: Mapping[str, str], settings: Settings | None = None, finish: Callable[[Article], Article] | None = None
) -> dict[str, ReadText]:
    """Every text read and resolved; `finish` may add to an article what its layout alone does not say."""
    settings = settings or Settings()
    reader, resolver = load_reader(settings), load_resolver(settings)
    found = {}
    for name, text in texts.items():
        article = article_from_text(text, name)
        if finish is not None:
            article = finish(article)
        found[name] = ReadText(article, resolver.resolve(article, reader.read(article)))
    return found
