"""The closed vocabularies of the register.

In: nothing. Out: the words that types, stances, stages, effects and kinds may take.
Never: mappings to other schemes (see `present/exports`), nor anything computed.
"""

INCIDENT_TYPES = (
    "killing", "massacre", "armed_attack", "armed_clash", "bombing", "shelling", "air_strike", "assault_beating",
    "sexual_violence", "torture_interrogation", "abduction_hostage", "arrest_detention", "raid_search",
    "trial_punishment", "extortion_ransom", "threat", "protest", "riot_mob", "property_destruction",
    "displacement_expulsion", "recruiting_training", "arming_funding", "espionage", "informing", "release_surrender",
)  # fmt: skip

STANCES = ("asserts", "alleges", "suspects", "claims_responsibility", "admits", "denies", "hearsay", "hypothetical")
STAGES = ("accomplished", "attempted", "threatened")

EFFECTS = ("killed", "injured", "abducted", "arrested", "displaced", "destroyed", "damaged", "other", "none")

ROLES = ("perpetrator", "target", "instrument", "place", "time", "count")

ACTOR_FORMS = ("person", "group", "organisation")
ACTOR_SIDES = ("state", "nonstate", "unknown")

HUMAN_KINDS = (
    "civilian", "official", "politician", "military", "police", "guard", "judicial", "diplomat", "journalist",
    "aid_worker", "religious", "activist", "combatant", "former_official", "former_military", "other_person",
)  # fmt: skip
PHYSICAL_KINDS = (
    "residence", "business", "finance", "government_site", "military_site", "police_site", "diplomatic_site",
    "party_site", "organisation_site", "religious_site", "school", "hospital", "media_site", "energy", "water",
    "communications", "transport_route", "vehicle", "land", "weapons", "other_site",
)  # fmt: skip
TARGET_KINDS = HUMAN_KINDS + PHYSICAL_KINDS

INSTRUMENT_KINDS = (
    "gun", "machine_gun", "rifle", "bomb", "vehicle_bomb", "suicide_bomb", "dynamite", "explosive", "grenade",
    "mine", "mortar", "artillery", "rocket", "missile", "aerial_bomb", "drone", "aircraft", "fire",
    "molotov_cocktail", "blade", "stone", "club", "vehicle", "torture", "chemical", "crowd_control", "other",
)  # fmt: skip

PLACE_KINDS = ("country", "region", "town", "neighbourhood", "site", "area")
SITE_KINDS = PLACE_KINDS[3:]
"""Those of a place within a place."""

TIME_PRECISIONS = ("hour", "day", "week", "month", "season", "year", "decade", "unknown")

MENTION_KINDS = (
    "person", "organisation", "nationality", "place", "time", "weapon", "vehicle", "quantity", "money", "document",
)  # fmt: skip

SECTION_KINDS = ("article", "teasers", "caption", "comments", "boilerplate")

PRONOUNS = frozenset(
    """
    i me my we us our you your he him his she her hers it its they them their theirs himself herself itself themselves
    who whom whose which that this these those one some other others
    """.split()  # noqa: SIM905  (read as prose)
)
"""Words that stand for somebody without naming anybody, in lower case."""
