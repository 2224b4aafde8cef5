"""The screens: what a reader finds there, and that who tells it always stands beside it."""

from urllib.parse import quote

import msgspec
import pytest

from rashomon.present.shapes import UntoldShape
from rashomon.web.faces import FACES
from tests.web.conftest import Browser
from tests.web.paths import walk


def find_incident(browser: Browser) -> dict[str, object]:
    """The incident that several pages tell."""
    found = browser.api("/incidents?sort=tellings")["incidents"][0]
    assert found["tellings"] > 1
    return found  # type: ignore[no-any-return]


def test_every_link_of_every_screen_leads_to_a_screen(browser: Browser) -> None:
    found = walk(browser)
    kinds = {path.partition("?")[0].split("/")[1] for path in found}
    assert {"incidents", "pages", "actors", "network", "outlets", "review", "judgements", "rejected", "report"} <= kinds
    assert any(path.startswith("/compare") for path in found)


def test_both_faces_show_the_same(browser: Browser) -> None:
    incident = find_incident(browser)
    told = browser.api(f"/incidents/{incident['id']}")
    page = browser.get(f"/incidents/{incident['id']}").text
    for group in told["groups"]:
        for x in group["tellings"]:
            assert f'id="{x["telling"]["id"]}"' in page
            assert x["teller"]["sha256"][:12] in page
    for field in told["fields"]:
        for value in field["values"]:
            assert value["value"] in page
            assert value["told_by"], "a value that nobody tells"


def test_every_telling_names_who_tells_it(browser: Browser) -> None:
    for path, text in walk(browser).items():
        if path.startswith("/report"):
            assert text.count("<blockquote") <= text.count("SHA-256 <code>")
            continue
        assert text.count('<article class="telling') <= text.count("told by <a"), path
        assert text.count('<li class="incident') <= text.count("– told by"), path


def test_tellings_are_folded_under_origins_and_fields_weighed(browser: Browser) -> None:
    incident = find_incident(browser)
    told = browser.api(f"/incidents/{incident['id']}")
    assert {g["id"] for g in told["groups"]} == set(told["incident"]["origins"])
    assert {f["status"] for f in told["fields"]} <= {"agreed", "contested", "told_once"}
    assert told["links"], "nothing says why these are linked"
    assert {w["comparison"] for w in told["links"][0]["weights"]}


def test_what_none_tells_is_never_a_number_without_its_grounds(browser: Browser) -> None:
    estimate = browser.api("/untold")["estimate"]
    page = browser.get("/untold").text
    assert (estimate["untold"] is None) == bool(estimate["why"])
    assert (estimate["why"] or estimate["assumptions"][0]) in page
    assert '/untold"' in browser.get("/outlets").text


def test_an_estimate_of_what_none_tells_shows_its_interval_and_assumptions(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = UntoldShape(incidents=40, lists=4, told_once=20, told_twice=9, untold=14.2, low=6.1, high=41.7,
                        refused=None, assumptions=("copies count once",))  # fmt: skip
    monkeypatch.setattr("rashomon.web.contexts.untold.iter_untold", lambda _: iter([found]))
    page = browser.get("/untold").text
    assert "At least 14" in page
    assert "6 to 42" in page
    assert "copies count once" in page


@pytest.mark.parametrize(
    ("query", "outlets"),
    [
        ("q=mayor", {"The Lantern"}),
        ('q="upper market"', {"Harbour Post", "The Lantern", "Far Shore"}),
        ("q=mayor river", set()),
        ("place=Orr", {"The Lantern"}),
        ("since=2021", {"The Lantern"}),
        ("until=2020-05-01&outlet=Harbour Post", {"Harbour Post", "The Lantern", "Far Shore"}),
        ("box=19,9,20.5,10.5&origins=2", {"Harbour Post", "The Lantern", "Far Shore"}),
        ("box=20.5,11,22,13", {"The Lantern"}),
        ("type=bombing", set()),
        ("judged=yes", set()),
        ('q=NEAR( OR * "', set()),
    ],
)
def test_filters_in_the_url_leave_what_they_say(browser: Browser, query: str, outlets: set[str]) -> None:
    found = browser.api(f"/incidents?{quote(query, safe='=&')}")
    told = [set(i["outlets"]) for i in found["incidents"] if i["tellings"] > 1 or not outlets or len(outlets) == 1]
    if not outlets:
        assert found["total"] == 0
    else:
        assert found["total"] >= 1
        assert outlets in told or any(outlets & x for x in told)
    assert found["total"] == len(found["incidents"])
    assert browser.get(f"/incidents?{quote(query, safe='=&')}").status_code == 200


def test_filters_of_one_facet_widen_and_of_two_narrow(browser: Browser) -> None:
    tarn = browser.api("/incidents?place=Tarn")["total"]
    both = browser.api("/incidents?place=Tarn&place=Orr")["total"]
    assert both == tarn + browser.api("/incidents?place=Orr")["total"]
    assert browser.api("/incidents?place=Tarn&place=Orr&outlet=Far%20Shore")["total"] < both


def test_pages_of_a_list_hold_every_incident_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from rashomon.web.contexts import incidents

    monkeypatch.setattr(incidents, "PAGE_LINES", 1)
    for sort in ("contested", "newest", "oldest", "tellings", "origins"):
        first = browser.api(f"/incidents?sort={sort}")
        found = [browser.api(f"/incidents?sort={sort}&page={n}")["incidents"] for n in range(1, first["pages"] + 1)]
        ids = [i["id"] for page in found for i in page]
        assert len(ids) == len(set(ids)) == first["total"] > 1


def test_map_and_timeline_count_every_incident_and_filter_each_other(browser: Browser) -> None:
    front = browser.api("/front")
    drawn = [*front["map"]["cells"], *front["map"]["elsewhere"]]
    assert sum(c["incidents"] for c in drawn) + front["map"]["placeless"] == front["total"]
    assert sum(p["incidents"] for p in front["timeline"]["periods"]) + front["timeline"]["timeless"] == front["total"]
    for cell in front["map"]["cells"]:
        box = ",".join(map(str, cell["box"]))
        assert browser.api(f"/front?box={box}")["total"] == cell["incidents"]
    for period in front["timeline"]["periods"]:
        narrowed = browser.api(f"/front?since={period['since']}&until={period['since']}")
        assert narrowed["total"] == period["incidents"]
        assert sum(c["incidents"] for c in narrowed["map"]["cells"]) <= period["incidents"]


def test_a_page_is_counted_once_an_hour_a_person(browser: Browser) -> None:
    page = browser.api("/pages")["articles"][0]["id"]
    browser.get(f"/pages/{page}")
    browser.get(f"/pages/{page}")
    assert browser.api(f"/pages/{page}")["views"] == 1
    assert [a["id"] for a in browser.api("/front")["viewed"]] == [page]


def test_an_empty_case_says_what_to_do(tmp_path: object) -> None:
    from pathlib import Path

    from rashomon import store
    from tests.web.conftest import open_browser

    path = Path(str(tmp_path)) / "empty.db"
    store.open_case(path, create=True).close()
    opened = open_browser(path)
    with opened.client:
        assert "rashomon add empty.db" in opened.get("/").text
        for face in FACES:
            if "{id}" not in face.path and face.name not in ("compare", "edge", "outlet"):
                assert opened.get(face.path).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/incidents?bogus=1", 400), ("/incidents?page=0", 400), ("/incidents?page=x", 400),
        ("/incidents?box=1,2", 400),
        ("/incidents?since=yesterday", 400), ("/incidents?sort=id", 400), ("/compare?a=x", 400),
        ("/incidents/nothing", 404), ("/pages/nothing", 404), ("/actors/nothing", 404), ("/tellings/x", 404),
        ("/outlets/one?name=x", 404), ("/compare?a=x&b=y", 404), ("/static/../app.py", 404), ("/nothing", 404),
    ],
)  # fmt: skip
def test_errors_have_one_shape(browser: Browser, path: str, status: int) -> None:
    assert browser.get(path).status_code == status
    if not path.startswith(("/static", "/tellings")):
        answer = browser.get(f"/api{path}")
        assert answer.status_code == status
        assert set(answer.json()) == {"error", "detail"}


def test_the_api_is_described_and_answers_as_described(browser: Browser) -> None:
    described = browser.api("/openapi.json")
    assert set(described["paths"]) == {face.api_path for face in FACES}
    for face in FACES:
        parameters = described["paths"][face.api_path]["get"]["parameters"]
        names = {p["name"] for p in parameters if p["in"] == "query"}
        assert names == {f.name for f in msgspec.structs.fields(face.params)}
    front = msgspec.json.decode(browser.get("/api/front").content, type=FACES[0].shape)
    assert front.counts["pages"] == 4  # type: ignore[attr-defined]
