"""Cases for the web app's tests: a small honest one read by a fake, and one whose every word is hostile."""

import re
from dataclasses import replace
from pathlib import Path

from rashomon import store
from rashomon.pipeline import add as pipeline
from rashomon.pipeline.progress import Silent
from rashomon.pipeline.relate import relate
from rashomon.pipeline.tasks import PageResult, PageTask
from rashomon.records import (
    ActorFiller,
    Alias,
    Article,
    CountFiller,
    LoadedWord,
    Mention,
    Page,
    Passage,
    PlaceCandidate,
    PlaceFiller,
    Published,
    Reading,
    Rejected,
    Section,
    Statement,
    TargetFiller,
    Teaser,
    Telling,
    TimeFiller,
)
from rashomon.settings import Settings
from rashomon.spans import Span, take_span
from tests.fakes import FakeWorker

OUTLETS = {"a": "The Lantern", "b": "Harbour Post", "c": "The Lantern", "d": "Far Shore"}
TEXTS = {
    "a": "Ana killed Bo in Tarn on 2020-05-01. Cy said that Ana killed Bo in Tarn at the old mill by the river.",
    "b": "Ana killed Bo in Tarn on 2020-05-01, shopkeepers of the upper market told this paper on the morning after.",
    "c": "Eve killed Fay in Orr on 2021-02-03. The mayor of the town had nothing to say of it when he was asked.",
    "d": "Ana killed Bo in Tarn on 2020-05-02. It is the first such thing in nine years, an old woman said to us.",
}
_DAY = re.compile(r"on (\d{4}-\d{2}-\d{2})")
_PLACES = {"Tarn": (10.0, 20.0), "Orr": (12.0, 21.0)}


class DatedWorker(FakeWorker):
    """As the fake, with days, places that stand apart, and an outlet a page."""

    def __call__(self, task: PageTask) -> PageResult:
        result = super().__call__(task)
        if result.article is None or result.reading is None:
            return result
        text, stem = result.article.text, Path(task.page.source).stem
        day = _DAY.search(text)
        time = None
        if day:
            time = TimeFiller(take_span(text, *day.span(1)), 0.9, day[1], day[1], "day")
        tellings = tuple(
            replace(t, time=time, passages=(t.span,), anchors=(), places=tuple(map(_place, t.places)))
            for t in result.reading.tellings
        )
        article = replace(
            result.article,
            title=f"Story {stem}",
            outlet=OUTLETS.get(stem, "The Lantern"),
            published=Published("2020-05-03", "2020-05-03", "day", "text") if stem in "ab" else None,
        )
        return replace(result, article=article, reading=replace(result.reading, tellings=tellings))


def _place(place: PlaceFiller) -> PlaceFiller:
    lat, lon = _PLACES.get(place.name or "", (None, None))
    return replace(place, lat=lat, lon=lon, precision="town")


def make_case(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    pages = folder / "pages"
    pages.mkdir()
    for name, text in texts.items():
        (pages / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / "case.db"
    run = pipeline.Run(settings=Settings(processes=1, page_timeout_s=20.0), start=DatedWorker)
    with store.open_case(path, create=True) as case:
        pipeline.add(case, [str(pages)], run)
    return path


EVILS = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "'><svg onload=document.title='ran'></svg>",
    "<style>body{display:none}</style>",
    '<link rel=stylesheet href="//evil.example/x.css">',
    "</mark></div></title></textarea><iframe src=javascript:document.title='ran'></iframe>",
    "{{ 7 * 7 }}{% raise %}${7*7}",
    "javascript:document.title='ran'",
    "\u202etfel ot thgir\u202c\u2066",
)
EVIL = " ".join(EVILS)


def make_hostile_case(path: Path, pages: int = 2) -> Path:
    with store.open_case(path, create=True) as case:
        with case.write() as connection:
            for number in range(pages):
                _add_hostile(connection, number)
            store.save_rejected(connection, Rejected(EVIL, "capture", "<b>reason</b>", EVIL))
        relate(case, {}, Silent())
    return path


def _add_hostile(connection: object, number: int) -> None:
    text = f"{EVIL}\n\nAna killed Bo in {EVIL}. {number} {EVIL}"
    page = Page(
        f"p{number}", f"/tmp/{EVILS[1]}{number}", "0" * 64, "2024-05-01T10:00:00Z", "text/html", text.encode(),
        "javascript:document.title='ran'" if number else f"https://x.example/{EVILS[1]}",
    )  # fmt: skip
    entry = store.save_page(connection, page)  # type: ignore[arg-type]
    assert entry is not None
    where = take_span(text, text.index("in <") + 3, text.index("in <") + 3 + len(EVIL))
    whole, start = Span(0, len(text), text), text.index("Ana")
    who, whom = take_span(text, start, start + 3), take_span(text, 0, len(EVILS[0]))
    telling = Telling(
        id=f"t{number}", page=page.id, span=whole, score=0.9, types=("killing",), type_scores=(0.9,), stance="asserts",
        stage="accomplished", anchors=(take_span(text, start + 4, start + 10),), passages=(whole,),
        perpetrators=(ActorFiller(who, "person", 0.9, actor=EVILS[1]),),
        targets=(TargetFiller(whom, "civilian", 0.9, "killed", actor=EVILS[0]),),
        places=(PlaceFiller(where, "town", 0.9, name=EVIL, lat=1.0, lon=2.0, precision="town",
                            candidates=(PlaceCandidate("x", EVIL, EVIL, EVIL, "town", 1.0, 2.0, 0.5),)),),
        time=TimeFiller(whom, 0.9, "2020-01-01", "2020-01-01", "day"),
        counts=(CountFiller(whom, 0.9, "killed", 1, 1, 1),), attributed_to=where,
    )  # fmt: skip
    article = Article(
        page=page.id, text=text, title=EVIL, byline=EVIL, outlet=EVILS[1] + str(number), outlet_found="x",
        published=Published("2020-01-02", "2020-01-02", "day", "x"), language='en"><script>',
        sections=(Section("article", "", 0, len(text)), Section("comments", EVIL, 0, 0, EVIL)),
        teasers=(Teaser(EVIL, EVIL, EVIL, cut=True, url="javascript:document.title='ran'"),),
        passages=(Passage(0, len(text)),),
    )  # fmt: skip
    reading = Reading(
        page=page.id, mentions=(Mention(where, '"><script>', 0.9),), tellings=(telling,),
        statements=(Statement(f"s{number}", page.id, who, whom, where, None, "asserts", 0.9),),
        loaded=(LoadedWord(where, 0.9, EVIL),), aliases=(Alias(who, whom, EVIL, 0.9),),
    )  # fmt: skip
    store.save_article(connection, entry.number, article, "c")  # type: ignore[arg-type]
    store.save_reading(connection, entry.number, article, reading, read_by="r", resolved_by="v")  # type: ignore[arg-type]
    store.set_status(connection, entry.number, "read", "r")  # type: ignore[arg-type]
