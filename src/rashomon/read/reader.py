"""The reader: one article in, one reading out.

In: an article with its passages. Out: a `Reading`; every value has a span of the article's text and a score.
Never: resolving, storing, or reading what is no passage (teasers, boilerplate, other languages).
"""

from rashomon.read.evidence import Evidence, gather
from rashomon.read.fillers import span_of
from rashomon.read.groups import group_tellings
from rashomon.read.heads import MENTION_LAYERS
from rashomon.read.model import Model, load_model
from rashomon.read.statements import read_statements
from rashomon.read.tellings import make_tellings, telling_vectors
from rashomon.records import Article, LoadedWord, Mention, Reading
from rashomon.settings import Settings

_MENTION_OF_LAYER = {
    "perp_org": "organisation", "place": "place", "site": "place", "time": "time", "instrument": "weapon",
    "count": "quantity",
}  # fmt: skip


class Reader:
    """A loaded network with its thresholds; `version` names the weights and goes on everything read with them."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def version(self) -> str:
        """The version of the weights."""
        return self.model.card.version

    def read(self, article: Article) -> Reading:
        """Mentions, tellings, statements and loaded words of one article; spans count in `article.text`."""
        if not article.passages:
            return Reading(article.page)
        evidence = gather(self.model, article)
        thresholds = self.model.card.thresholds
        statements = read_statements(evidence, article.page, thresholds)
        groups = group_tellings(evidence, self.model.card)
        least = thresholds.get("telling", 0.0)
        told = make_tellings(evidence, article.page, groups, statements, self.model.card, least=least)
        tellings = tuple(
            sorted({t.id: t for t in told}.values(), key=lambda t: (t.span.start_char, t.anchors[0].start_char))
        )
        return Reading(
            page=article.page,
            mentions=_mentions(evidence),
            tellings=tellings,
            statements=statements,
            loaded=tuple(
                LoadedWord(span_of(evidence, i), round(evidence.spans[i].score, 4))
                for i in evidence.of_layers("loaded")
            ),
            vectors=telling_vectors(evidence, tellings),
        )


def _mentions(evidence: Evidence) -> tuple[Mention, ...]:
    """Mentions by their own layers, and the fillers of roles that are names of their kind."""
    found: dict[tuple[int, int, str], Mention] = {}
    for layer in (*MENTION_LAYERS, *_MENTION_OF_LAYER):
        kind = _MENTION_OF_LAYER.get(layer) or layer.removeprefix("mention_")
        for i in evidence.of_layers(layer):
            span = span_of(evidence, i)
            key = (span.start_char, span.end_char, kind)
            score = round(evidence.spans[i].score, 4)
            if key not in found or found[key].score < score:
                found[key] = Mention(span, kind, score)
    return tuple(sorted(found.values(), key=lambda m: (m.span.start_char, m.span.end_char, m.kind)))


def load_reader(settings: Settings | None = None) -> Reader:
    """The packaged reader (`settings` may name another one later); raises ReaderError."""
    del settings
    return Reader(load_model())
