"""Wording over a case: the counterpart is kept with the loaded word, and told per outlet."""

from pathlib import Path

from rashomon import store
from rashomon.pipeline.relate import STAGES
from rashomon.present import queries
from rashomon.present import shapes as s
from rashomon.records import LoadedWord, Reading
from rashomon.spans import take_span
from tests.present.cases import add_echoes, add_page, new_case

NEUTRAL = "Nine people were killed in the market of Tarn on Tuesday morning, police said."
LOADED = "Nine people were butchered in the market of Tarn on Tuesday morning, police said."


def test_others_words_stand_beside_an_outlet_s_loaded_ones(tmp_path: Path) -> None:
    start = LOADED.index("butchered")
    word = LoadedWord(take_span(LOADED, start, start + 9), 0.9)
    with new_case(tmp_path) as case:
        with case.write() as connection:
            add_page(connection, "p", NEUTRAL, outlet="Courier")
            add_page(connection, "q", LOADED, outlet="Banner")
            article = store.load_articles(connection, store.PageRange(2, 2))[2]
            reading = Reading("q", loaded=(word,))
            store.save_reading(connection, 2, article, reading, read_by="1", resolved_by="1")
            add_echoes(connection, {"p": NEUTRAL, "q": LOADED})
        next(stage for stage in STAGES if stage.name == "wording").make(case)
        with case.read() as connection:
            found = list(queries.iter_shown(connection, "wording"))
            page = queries.find_shown(connection, "q")
    assert [(x.outlet, x.words, x.neutral, x.count) for x in found if isinstance(x, s.WordingShape)] == [
        ("Banner", "butchered", "killed", 1)
    ]
    assert isinstance(page, s.WholePageShape)
    assert [w.neutral for w in page.loaded] == ["killed"]
