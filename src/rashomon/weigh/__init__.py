"""Weighing: how many independent origins tell an incident, and what exactly is contested."""

from rashomon.weigh.fields import weigh_fields
from rashomon.weigh.incidents import echoes_between, incident_id, iter_echoes_of, weigh_incident
from rashomon.weigh.origins import copying_pages, find_origins, incident_origins
from rashomon.weigh.relations import find_relations
from rashomon.weigh.untold import Untold, estimate_untold
from rashomon.weigh.wording import Counterpart, contrast_echoes, contrast_tellings

__all__ = [
    "Counterpart",
    "Untold",
    "contrast_echoes",
    "contrast_tellings",
    "copying_pages",
    "echoes_between",
    "estimate_untold",
    "find_origins",
    "find_relations",
    "incident_id",
    "incident_origins",
    "iter_echoes_of",
    "weigh_fields",
    "weigh_incident",
]
