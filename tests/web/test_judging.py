"""Judgements: what a person decides, what follows, and that nothing is lost."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import update

from rashomon import store
from rashomon.store import schema
from rashomon.web.options import WebOptions
from tests.web.conftest import Browser, open_browser
from tests.web.test_screens import find_incident


def tellings_of(browser: Browser, incident: object) -> list[str]:
    return list(browser.api(f"/incidents/{incident}")["incident"]["tellings"])


def incident_of(browser: Browser, telling: str) -> str:
    response = browser.client.get(f"/tellings/{telling}", follow_redirects=False)
    return response.headers["location"].split("/")[-1].partition("#")[0]


def test_nobody_judges_without_a_name(browser: Browser) -> None:
    a, b, *_ = tellings_of(browser, find_incident(browser)["id"])
    assert browser.send("/judge/pair", a=a, b=b, verdict="not_same").status_code == 400
    assert browser.api("/judgements")["total"] == 0


def test_not_the_same_parts_two_tellings_and_undo_joins_them(browser: Browser) -> None:
    browser.call_me("Ada")
    a, b, *_ = tellings_of(browser, find_incident(browser)["id"])
    assert incident_of(browser, a) == incident_of(browser, b)
    assert browser.send("/judge/pair", a=a, b=b, verdict="not_same", why="two mornings").status_code == 303
    assert incident_of(browser, a) != incident_of(browser, b)
    judged = browser.api("/judgements")["judgements"]
    assert [(j["verdict"], j["who"], j["why"], j["stands"]) for j in judged] == [
        ("not_same", "Ada", "two mornings", True)
    ]
    assert browser.send("/judge/undo", id=judged[0]["id"], why="a slip").status_code == 303
    assert incident_of(browser, a) == incident_of(browser, b)
    assert [j["stands"] for j in browser.api("/judgements")["judgements"]] == [False]
    assert browser.send("/judge/undo", id=judged[0]["id"]).status_code == 400


def test_split_and_merge(browser: Browser) -> None:
    browser.call_me("Ada")
    incident = find_incident(browser)["id"]
    held = tellings_of(browser, incident)
    assert browser.send("/judge/split", incident=incident, telling=held[0]).status_code == 303
    apart = incident_of(browser, held[0])
    assert all(incident_of(browser, other) != apart for other in held[1:])
    rest = incident_of(browser, held[1])
    assert browser.send("/judge/merge", incident=apart, other=rest, why="one mill").status_code == 303
    assert {incident_of(browser, i) for i in held} == {incident_of(browser, held[0])}


def test_incidents_that_nothing_links_can_be_merged_and_undone(browser: Browser) -> None:
    browser.call_me("Ada")
    far = browser.api("/incidents?place=Orr")["incidents"][0]["id"]
    near = find_incident(browser)["id"]
    one, other = tellings_of(browser, far), tellings_of(browser, near)
    assert browser.send("/judge/merge", incident=far, other=near).status_code == 303
    assert len({incident_of(browser, i) for i in (*one, *other)}) == 1
    browser.send("/judge/undo", id=browser.api("/judgements")["judgements"][0]["id"])
    assert incident_of(browser, one[0]) != incident_of(browser, other[0])


def test_a_correction_stands_beside_what_was_read(browser: Browser) -> None:
    browser.call_me("Ada")
    incident = find_incident(browser)["id"]
    told = browser.api(f"/incidents/{incident}")["groups"][0]["tellings"][0]
    telling, page = told["telling"]["id"], told["telling"]["page"]
    text = browser.api(f"/pages/{page}")["page"]["text"]
    start = text.index("Bo")
    fields = {"telling": telling, "field": "perpetrator"}
    sent = browser.send("/judge/correct", words="Bo", start_char=start, end_char=start + 2, why="as printed", **fields)
    assert sent.status_code == 303
    after = browser.api(f"/incidents/{incident_of(browser, telling)}")
    shown = next(x for g in after["groups"] for x in g["tellings"] if x["telling"]["id"] == telling)
    assert shown["telling"]["perpetrators"][0]["text"] == "Ana", "what was read is never overwritten"
    assert shown["judgements"][0]["corrected"] == {"text": "Bo", "start_char": start, "end_char": start + 2}
    assert "corrected to “<bdi>Bo</bdi>” by <bdi>Ada</bdi>" in browser.get(f"/tellings/{telling}").text
    assert browser.api("/incidents?judged=yes")["total"] >= 1


@pytest.mark.parametrize(
    "fields",
    [
        {"field": "perpetrator", "words": "Zoe"}, {"field": "perpetrator", "words": " "},
        {"field": "mood", "words": "Ana"}, {"field": "stance", "words": "Ana"},
        {"field": "place", "words": "x" * 3000},
    ],
)  # fmt: skip
def test_a_value_is_corrected_only_to_what_the_page_says(browser: Browser, fields: dict[str, str]) -> None:
    browser.call_me("Ada")
    telling = tellings_of(browser, find_incident(browser)["id"])[0]
    assert browser.send("/judge/correct", telling=telling, **fields).status_code == 400
    assert browser.api("/judgements")["total"] == 0


def test_words_typed_are_found_in_the_telling(browser: Browser) -> None:
    browser.call_me("Ada")
    told = browser.api(f"/incidents/{find_incident(browser)['id']}")["groups"][0]["tellings"][0]
    telling = told["telling"]
    sent = browser.send("/judge/correct", telling=telling["id"], field="place", words="Tarn", start_char=0, end_char=4)
    assert sent.status_code == 303
    found = browser.api("/judgements")["judgements"][0]["corrected"]
    text = browser.api(f"/pages/{telling['page']}")["page"]["text"]
    assert text[found["start_char"] : found["end_char"]] == "Tarn"
    assert telling["start_char"] <= found["start_char"] < telling["end_char"]


def test_the_queue_goes_on_and_agreement_is_measured(browser: Browser) -> None:
    waiting = browser.api("/review")["waiting"]
    browser.call_me("Ada")
    a, b, c, *_ = tellings_of(browser, find_incident(browser)["id"])
    browser.send("/judge/pair", a=a, b=b, verdict="same")
    browser.send("/judge/pair", a=a, b=c, verdict="not_same")
    browser.call_me("Ben")
    browser.send("/judge/pair", a=b, b=a, verdict="same")
    browser.send("/judge/pair", a=a, b=c, verdict="not_same")
    found = browser.api("/review")
    assert found["agreement"] == {"alpha": 1.0, "units": 2, "reviewers": 2}
    assert found["waiting"] <= waiting
    if found["pair"]:
        assert {found["pair"]["a"]["telling"]["id"], found["pair"]["b"]["telling"]["id"]} not in ({a, b}, {a, c})


@pytest.mark.parametrize("made_again", [True, False])
def test_a_pair_whose_judgement_was_undone_is_asked_again(case_path: Path, *, made_again: bool) -> None:
    with store.open_case(case_path) as case, case.write() as connection:
        connection.execute(update(schema.links).values(probability=0.6))
        store.replace_overview(connection)
    opened = open_browser(case_path, WebOptions(relate_tellings=10_000 if made_again else 0))
    with opened.client:
        opened.call_me("Ada")
        asked = opened.api("/review")
        pair = [asked["pair"][side]["telling"]["id"] for side in "ab"]
        opened.send("/judge/pair", a=pair[0], b=pair[1], verdict="not_same")
        after = opened.api("/review")
        assert after["waiting"] < asked["waiting"]
        assert after["pair"] is None or [after["pair"][side]["telling"]["id"] for side in "ab"] != pair
        opened.send("/judge/undo", id=opened.api("/judgements")["judgements"][0]["id"])
        again = opened.api("/review")
        assert again["waiting"] == asked["waiting"]
        assert [again["pair"][side]["telling"]["id"] for side in "ab"] == pair


def test_nothing_is_lost_when_many_decide_at_once(browser: Browser) -> None:
    browser.call_me("Ada")
    a, b, *_ = tellings_of(browser, find_incident(browser)["id"])
    csrf = browser.csrf()
    answers: list[int] = []

    def decide(number: int) -> None:
        data = {"csrf": csrf, "a": a, "b": b, "verdict": "same", "why": f"reason {number}"}
        answers.append(browser.client.post("/judge/pair", data=data, follow_redirects=False).status_code)

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    browser.server.relater.wait(60)
    assert answers == [303] * 12
    judged = browser.api("/judgements")["judgements"]
    assert {j["why"] for j in judged} == {f"reason {n}" for n in range(12)}


def test_redacted_words_are_gone_from_the_file(browser: Browser, case_path: Path) -> None:
    browser.call_me("Ada")
    found = browser.api("/incidents?q=shopkeepers")["total"]
    assert found
    assert browser.send("/judge/redact", words="Shopkeepers", again="shop").status_code == 400
    sent = browser.send("/judge/redact", words="Shopkeepers", again="Shopkeepers", why="who the shopkeepers are")
    assert sent.status_code == 303
    assert browser.api("/incidents?q=shopkeepers")["total"] == 0
    pages = [browser.get(f"/pages/{a['id']}").text for a in browser.api("/pages")["articles"]]
    assert sum("█" * len("shopkeepers") in page for page in pages) == 1
    assert not any("shopkeepers" in page.casefold() for page in pages)
    logged = browser.api("/judgements")["judgements"][0]
    assert logged["verdict"] == "redacted"
    assert "shopkeepers" not in str(logged).casefold()
    assert browser.send("/judge/undo", id=logged["id"]).status_code == 400
    browser.client.close()
    browser.server.case.close()
    for path in case_path.parent.glob("case.db*"):
        assert b"hopkeepers" not in path.read_bytes(), path


def test_offsets_hold_after_a_redaction(browser: Browser, case_path: Path) -> None:
    browser.call_me("Ada")
    before = {p["id"]: p for p in browser.api("/pages")["articles"]}
    texts = {i: browser.api(f"/pages/{i}")["page"] for i in before}
    browser.send("/judge/redact", words="Ana", again="Ana")
    for i, was in texts.items():
        now = browser.api(f"/pages/{i}")["page"]
        assert len(now["text"]) == len(was["text"])
        assert now["sha256"] == was["sha256"]
        for telling in now["tellings"]:
            assert now["text"][telling["start_char"] : telling["end_char"]] == telling["text"]
            assert "Ana" not in str(telling)
    with store.open_case(case_path) as case, case.read() as connection:
        for entry in store.iter_entries(connection):
            assert b"Ana" not in store.load_page(connection, entry.number).raw
