"""The case: schema, migrations, save and load.

In: records. Out: the same records again. Never: a stage's work, nor a shape made for a screen.
"""

from rashomon.store.actors import iter_actors, replace_actors
from rashomon.store.articles import drop_article, find_article_version, load_articles, save_article
from rashomon.store.carry import JudgedTelling, carry_judgements, judged_ids
from rashomon.store.case import Case, open_case
from rashomon.store.echoes import iter_echoes, iter_origins, replace_echoes, replace_origins
from rashomon.store.incidents import (
    iter_incidents,
    load_incidents,
    load_incidents_by_number,
    replace_incidents,
)
from rashomon.store.judged import carry_judged, iter_judged, load_carried, restore_judged
from rashomon.store.judgements import append_judgement, iter_judgements, load_standing, redact_judgements
from rashomon.store.links import iter_links, least_likely_links, load_linked, replace_links
from rashomon.store.overview import mark_judged, replace_overview
from rashomon.store.pages import (
    PageEntry,
    count_statuses,
    drop_rejected,
    find_page,
    find_rejected,
    iter_entries,
    iter_pages,
    iter_rejected,
    list_outdated,
    list_pending,
    load_entries,
    load_page,
    save_page,
    save_rejected,
    set_status,
)
from rashomon.store.readings import ReadPage, drop_reading, iter_read_pages, load_read_pages, save_reading
from rashomon.store.redact import redact_words
from rashomon.store.relations import iter_relations, replace_relations
from rashomon.store.rows import PageRange, iter_ranges
from rashomon.store.runs import Product, end_run, fingerprint_input, load_product, save_product, start_run
from rashomon.store.standing import Decided, decide_pairs, standing_judgements
from rashomon.store.tellings import load_tellings_by_id
from rashomon.store.wording import iter_loaded_incidents, load_loaded, replace_counterparts

__all__ = [
    "Case",
    "Decided",
    "JudgedTelling",
    "PageEntry",
    "PageRange",
    "Product",
    "ReadPage",
    "append_judgement",
    "carry_judged",
    "carry_judgements",
    "count_statuses",
    "decide_pairs",
    "drop_article",
    "drop_reading",
    "drop_rejected",
    "end_run",
    "find_article_version",
    "find_page",
    "find_rejected",
    "fingerprint_input",
    "iter_actors",
    "iter_echoes",
    "iter_entries",
    "iter_incidents",
    "iter_judged",
    "iter_judgements",
    "iter_links",
    "iter_loaded_incidents",
    "iter_origins",
    "iter_pages",
    "iter_ranges",
    "iter_read_pages",
    "iter_rejected",
    "iter_relations",
    "judged_ids",
    "least_likely_links",
    "list_outdated",
    "list_pending",
    "load_articles",
    "load_carried",
    "load_entries",
    "load_incidents",
    "load_incidents_by_number",
    "load_linked",
    "load_loaded",
    "load_page",
    "load_product",
    "load_read_pages",
    "load_standing",
    "load_tellings_by_id",
    "mark_judged",
    "open_case",
    "redact_judgements",
    "redact_words",
    "replace_actors",
    "replace_counterparts",
    "replace_echoes",
    "replace_incidents",
    "replace_links",
    "replace_origins",
    "replace_overview",
    "replace_relations",
    "restore_judged",
    "save_article",
    "save_page",
    "save_product",
    "save_reading",
    "save_rejected",
    "set_status",
    "standing_judgements",
    "start_run",
]
