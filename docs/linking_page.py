"""What docs/linking.md shows of the demo, made again: `make readme`.

In: docs/linking.md with blocks between `<!-- output: NAME -->` and `<!-- end -->`, the demo's pages. Out: the same
page, each block replaced; `pictures/link-strongest.svg` and `pictures/link-weakest.svg`.
Never: a figure that the case of the demo does not hold, nor a word outside the blocks changed.

The incident shown is the one told by most pages, of those of at most six tellings.
"""

import math
import tempfile
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path

from readme_output import replace_blocks

from rashomon import store
from rashomon.link.comparisons import load_weights
from rashomon.pipeline.add import Run, add
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.records import Link
from rashomon.settings import Settings

PAGE = Path(__file__).with_name("linking.md")
PICTURES = Path(__file__).with_name("pictures")
MOST = 6
BIT_PX, BAR_PX, LEFT_PX, MIDDLE_PX = 26.0, 22, 330, 640
FOR, AGAINST, INK = "#2b7a78", "#b5502b", "#222"


@dataclass(frozen=True, slots=True)
class Shown:
    """One incident, its tellings under letters, and the links between them, the likeliest first."""

    incident: s.IncidentShape
    letters: dict[str, str]
    tellings: dict[str, s.TellingShape]
    outlets: dict[str, str]
    links: list[Link]

    def name(self, link: Link) -> str:
        """The two tellings of a link by their letters."""
        return " and ".join(sorted((self.letters[link.a], self.letters[link.b])))


def read_demo() -> Shown:
    """The demo's pages as a case, and the incident of it that is shown."""
    with (
        tempfile.TemporaryDirectory() as folder,
        resources.as_file(resources.files("rashomon") / "demo") as demo,
        store.open_case(Path(folder) / "case.db", create=True) as case,
    ):
        add(case, [str(demo / "pages")], Run(settings=Settings(gazetteer=demo / "gazetteer.csv")))
        with case.read() as connection:
            incidents = [i for i in queries.iter_shown(connection, "incidents") if isinstance(i, s.IncidentShape)]
            told = {t.id: t for t in queries.iter_shown(connection, "tellings") if isinstance(t, s.TellingShape)}
            pages = [p for p in queries.iter_shown(connection, "pages") if isinstance(p, s.PageShape)]
            links = list(store.iter_links(connection))
    outlet = {p.id: p.outlet or "unnamed" for p in pages}
    chosen = max(
        (i for i in incidents if len(i.tellings) <= MOST),
        key=lambda i: (len({told[t].page for t in i.tellings}), min(told[t].text for t in i.tellings)),
    )
    tellings = sorted((told[t] for t in chosen.tellings), key=lambda t: (outlet[t.page], t.text))
    within = [x for x in links if {x.a, x.b} <= set(chosen.tellings)]
    return Shown(
        chosen,
        {t.id: "ABCDEF"[n] for n, t in enumerate(tellings)},
        {t.id: t for t in tellings},
        {t.id: outlet[t.page] for t in tellings},
        sorted(within, key=lambda x: -x.probability),
    )


def tellings_table(shown: Shown) -> str:
    """Who tells it in which words."""
    lines = ["| | outlet | told in these words | types | time | place |", "|---|---|---|---|---|---|"]
    for identifier, letter in shown.letters.items():
        told = shown.tellings[identifier]
        when = told.time.start[:10] if told.time and told.time.start else ""
        where = ", ".join(p.text for p in told.places[:2])
        words = " ".join(told.text.split())
        short = words if len(words) <= 140 else words[:139] + "…"
        types = ", ".join(told.types)
        cells = (letter, shown.outlets[identifier], f"“{short}”", types, when, where)
        lines.append("| " + " | ".join(c.replace("|", "/") for c in cells) + " |")
    return "\n".join(lines)


def probabilities(shown: Shown) -> str:
    """Every pair of the incident with its probability; a dash where two share no key or are too unlikely to be kept."""
    chance = {shown.name(x): f"{x.probability:.2f}" for x in shown.links}
    letters = list(shown.letters.values())
    lines = ["| | " + " | ".join(letters) + " |", "|---" * (len(letters) + 1) + "|"]
    for a in letters:
        cells = ("·" if a == b else chance.get(" and ".join(sorted((a, b))), "–") for b in letters)
        lines.append(f"| **{a}** | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def chart(link: Link, title: str) -> str:
    """An SVG: a bar a comparison, to the right for and to the left against, in bits (log2 Bayes factors)."""
    prior = load_weights().prior
    bars = [("before anything is known", "", as_bits(prior))]
    bars += [(w.comparison, w.level, w.weight) for w in link.weights if w.weight]
    bars.append(("together", f"probability {link.probability:.2f}", sum(b[2] for b in bars)))
    height = BAR_PX * (len(bars) + 2)
    zero = MIDDLE_PX
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="960" height="{height}" viewBox="0 0 960 {height}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}" role="img" aria-label="{escape(title)}">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="12" y="{BAR_PX - 6}" font-weight="bold">{escape(title)}</text>',
        f'<line x1="{zero}" x2="{zero}" y1="{BAR_PX}" y2="{height - BAR_PX / 2}" stroke="#999"/>',
    ]
    for n, (comparison, level, bits) in enumerate(bars, start=1):
        wide = min(abs(bits) * BIT_PX, 280.0)
        top = n * BAR_PX + 6
        left = zero if bits > 0 else zero - wide
        beside = zero + wide + 6 if bits > 0 else zero - wide - 6
        anchor = "start" if bits > 0 else "end"
        bold = ' font-weight="bold"' if comparison == "together" else ""
        told = f"{comparison}: {level}" if level else comparison
        parts += [
            f'<text x="{LEFT_PX}" y="{top + 12}" text-anchor="end"{bold}>{escape(told)}</text>',
            f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{BAR_PX - 7}" '
            f'fill="{FOR if bits > 0 else AGAINST}"/>',
            f'<text x="{beside:.1f}" y="{top + 12}" text-anchor="{anchor}"{bold}>{bits:+.1f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def as_bits(probability: float) -> float:
    """Odds as bits.

    >>> round(as_bits(0.8), 6)
    2.0
    """
    return math.log2(probability / (1 - probability))


def main() -> None:
    """Make the charts and rewrite the blocks."""
    shown = read_demo()
    strongest, weakest = shown.links[0], shown.incident.weakest
    assert weakest is not None
    weak = next(x for x in shown.links if {x.a, x.b} == {weakest.a, weakest.b})
    for name, link in (("strongest", strongest), ("weakest", weak)):
        picture = chart(link, f"{shown.name(link)}: the {name} link of the incident")
        (PICTURES / f"link-{name}.svg").write_text(picture, encoding="utf-8")
    held = load_weights()
    printed = {
        "tellings": tellings_table(shown),
        "pairs": probabilities(shown),
        "weakest": f"Here that is the link of {shown.name(weak)}, of probability {weak.probability:.2f}. "
        f"Groups merge from a mean of {held.merge_at:g}; before anything is compared, two tellings that share a key "
        f"are of one incident with a probability of {held.prior:g}.",
    }
    replace_blocks(PAGE, printed)


if __name__ == "__main__":
    main()
