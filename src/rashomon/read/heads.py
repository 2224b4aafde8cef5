"""What the reader's network says: the names and order of its outputs.

In: nothing. Out: constants that the network's training and its decoding share.
Never: weights or thresholds (they are with the weights, in `weights/`).
"""

from rashomon import vocabulary

STYLES = ("general", "muc4", "polnear", "re3d", "ecbplus")
"""Whose annotation guideline to follow. `general` is ours; the others let one network learn from corpora that leave
out what ours holds (MUC-4 has no soldiers as targets) without unlearning it. Users always get `general`."""

ROLE_LAYERS = (
    "anchor", "perp_actor", "perp_org", "target_human", "target_physical", "instrument", "place", "site", "time",
    "count", "beneficiary", "by",
)  # fmt: skip
PLACE_LAYERS = ("place", "site")
STATEMENT_LAYERS = ("source", "cue", "content", "audience")
MENTION_LAYERS = tuple(f"mention_{kind}" for kind in vocabulary.MENTION_KINDS)
LAYERS = ROLE_LAYERS + STATEMENT_LAYERS + ("loaded",) + MENTION_LAYERS + ("outcome",)
"""Each layer tags every token O, B or I, independently of the other layers: spans of two roles may overlap. `site` are
the places within a place (kinds of SITE_KINDS): "the market of Belu" is one, and Belu, in it, a `place`."""

SPAN_LAYERS = (*LAYERS, "passage")
"""What a span that the heads see can be: a tagged one, or a whole passage (its types: those of what it tells)."""

SOCIAL = tuple(SPAN_LAYERS.index(layer) for layer in (*ROLE_LAYERS, *STATEMENT_LAYERS, "outcome"))
"""Indexes of the layers whose spans see one another before they are compared in pairs."""

COMPANY_LAYERS, COMPANY_HEADS = 2, 4
"""Layers and attention heads of the small transformer in which they do."""

TAGS = ("O", "B", "I")

SPAN_HEADS: dict[str, tuple[str, ...]] = {
    "types": vocabulary.INCIDENT_TYPES,
    "stance": vocabulary.STANCES,
    "stage": vocabulary.STAGES,
    "form": vocabulary.ACTOR_FORMS,
    "side": vocabulary.ACTOR_SIDES,
    "target_kind": vocabulary.TARGET_KINDS,
    "effect": vocabulary.EFFECTS,
    "instrument_kind": vocabulary.INSTRUMENT_KINDS,
    "place_kind": vocabulary.PLACE_KINDS,
}
"""Classifiers of a span, on its pooled vectors; `types` is multi-label, the others are exclusive."""

PAIR_HEADS = ("same_telling", "same_statement", "coreferent")
"""What two spans of one window have in common: each a probability of its own. `same_telling` is asked of any span and
an anchor: whether the one has its part in the act that the other tells."""

DISTANCES = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)
"""Upper bounds (tokens) of the distance classes between two spans; beyond the last is one more class."""

GAPS = 2 * (len(DISTANCES) + 1)
"""Distance classes of a pair: those of another span that stands before the one (or overlaps it), then after it."""

CASES = ("none", "lower", "title", "upper")
"""Letter case of a token, since the tokeniser folds it; `none` for figures, and throughout a text of a single case."""
