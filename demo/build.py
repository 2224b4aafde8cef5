"""Builds the demo: pages with menus and clutter out of the plain articles, and what a careful reader finds in them.

In: `articles/`, `incidents.txt`, `outlets.toml`, `templates/`. Out: `src/rashomon/demo/pages/*.html`, `expected.json`.
Never: chance or the clock: the same sources make the same bytes. Run it by `python demo/build.py`.
"""

import json
from html import escape
from pathlib import Path
from string import Template

from blocks import render_body
from sources import HERE, Happening, Source, load_happenings, load_outlets, load_sources
from teasers import Shown, choose_teasers, render_lists

PAGES = HERE.parent / "src" / "rashomon" / "demo" / "pages"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def build(pages: Path = PAGES, expected: Path = HERE / "expected.json") -> None:
    """Write all pages and what is expected of them."""
    sources, outlets = load_sources(), load_outlets()
    pages.mkdir(parents=True, exist_ok=True)
    for old in pages.glob("*.html"):
        old.unlink()
    found = {}
    for source in sources:
        outlet = outlets[source.header["outlet"]]
        lists = choose_teasers(source, sources, outlet)
        (pages / f"{source.slug}.html").write_text(render_page(source, outlet, lists), encoding="utf-8")
        found[source.slug] = describe_page(source, outlet, lists)
    told = {"pages": found, "incidents": describe_incidents(sources, load_happenings())}
    expected.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def render_page(source: Source, outlet: dict, lists: list[Shown]) -> str:
    """The page as its outlet's template makes it."""
    header = source.header
    kind = "index" if header.get("kind") == "index" else header["outlet"]
    body, comments = render_body(source, outlet["body"], [x for x in lists if x.where == "inside"])
    values = {
        "title": escape(header["title"], quote=False), "outlet": escape(outlet["name"]), "url": header["url"],
        "byline": escape(header.get("byline", "")), "lang": header.get("lang", "en"), "body": body,
        "comments": comments, "head": _render_head(source, outlet), "date": _render_date(header, outlet["date"]),
        "foot_date": _write_date(header["published"], "dots") if "foot" in outlet["date"] else "",
        "beside": render_lists(lists, "beside"), "below": render_lists(lists, "below"),
    }  # fmt: skip
    return Template((HERE / "templates" / f"{kind}.html").read_text()).substitute(values)


def describe_page(source: Source, outlet: dict, lists: list[Shown]) -> dict:
    """What a careful reader finds on the page."""
    return {
        "published": source.header["published"] or None, "outlet": outlet["name"],
        "language": source.header.get("lang", "en"), "has_article": bool(source.blocks),
        "teaser_lists": {x.name: len(x.entries) for x in lists},
        "teasers_cut": sum(e.cut for x in lists for e in x.entries),
        "tellings": [
            {"incident": t.incident, "types": t.types, "stance": t.stance, "perpetrators": t.perpetrators,
             "targets": t.targets, "places": t.places, "date": t.date, "counts": t.counts, "anchors": t.anchors}
            for t in source.tellings
        ],
    }  # fmt: skip


def describe_incidents(sources: list[Source], happenings: list[Happening]) -> dict:
    """For each incident: the pages that tell it, their origins, and the fields contested between origins."""
    known = {h.id: h for h in happenings}
    pages: dict[str, list[str]] = {}
    for source in sources:
        for told in source.tellings:
            held = pages.setdefault(told.incident, [])
            if source.slug not in held:
                held.append(source.slug)
    missing = set(known) - set(pages)
    if missing:
        raise ValueError(f"no page tells {missing}")
    return {
        name: {"title": known[name].title if name in known else "", "pages": told,
               "origins": _origins(told, known.get(name)), "contested": known[name].contested if name in known else ()}
        for name, told in sorted(pages.items())
    }  # fmt: skip


def _origins(pages: list[str], happening: Happening | None) -> list[list[str]]:
    shared = [[p for p in pages if p[:2] in group] for group in (happening.shared if happening else ())]
    copied = {p for group in shared for p in group}
    return sorted([*shared, *([p] for p in pages if p not in copied)])


def _render_head(source: Source, outlet: dict) -> str:
    published, title = source.header["published"], escape(source.header["title"])
    lines = [f'<meta property="og:title" content="{title}">'] if outlet["body"] != "breaks" else []
    if published and "meta" in outlet["date"]:
        lines.append(f'<meta property="article:published_time" content="{published}T06:00:00+00:00">')
    if published and "jsonld" in outlet["date"]:
        data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": source.header["title"],
                "datePublished": published, "publisher": {"@type": "Organization", "name": outlet["name"]}}  # fmt: skip
        lines.append(f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>')
    return "\n".join(lines)


def _render_date(header: dict[str, str], how: list[str]) -> str:
    published = header["published"]
    if not published:
        return ""
    if "time" in how:
        return f'<time datetime="{published}">{_write_date(published, "long")}</time>'
    return _write_date(published, "long") if "text" in how else ""


def _write_date(published: str, how: str) -> str:
    if not published:
        return ""
    year, month, day = (int(part) for part in published.split("-"))
    return f"{day}.{month}.{year}" if how == "dots" else f"{day} {MONTHS[month - 1]} {year}"


if __name__ == "__main__":
    build()
