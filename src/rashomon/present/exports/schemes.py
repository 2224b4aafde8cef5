"""How our incident types are called in the schemes of others (FORMATS, "Incident types").

In: tellings, told incidents. Out: names in PLOVER, ACLED and HURIDOCS' MT04. Never: a type that nobody told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rashomon.present.exports.told import ToldIncident
from rashomon.records import Telling

ACLED_EVENTS = {
    "Armed clash": "Battles", "Government regains territory": "Battles",
    "Non-state actor overtakes territory": "Battles",
    "Attack": "Violence against civilians", "Abduction/forced disappearance": "Violence against civilians",
    "Sexual violence": "Violence against civilians",
    "Air/drone strike": "Explosions/Remote violence", "Chemical weapon": "Explosions/Remote violence",
    "Grenade": "Explosions/Remote violence", "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence", "Suicide bomb": "Explosions/Remote violence",
    "Peaceful protest": "Protests", "Protest with intervention": "Protests",
    "Excessive force against protesters": "Protests",
    "Violent demonstration": "Riots", "Mob violence": "Riots",
    "Agreement": "Strategic developments", "Arrests": "Strategic developments",
    "Change to group/activity": "Strategic developments", "Disrupted weapons use": "Strategic developments",
    "Headquarters or base established": "Strategic developments",
    "Looting/property destruction": "Strategic developments",
    "Non-violent transfer of territory": "Strategic developments", "Other": "Strategic developments",
}  # fmt: skip
"""ACLED's sub_event_type → event_type."""

_ACLED = {
    "killing": "Attack", "massacre": "Attack", "armed_attack": "Attack", "armed_clash": "Armed clash",
    "bombing": "Remote explosive/landmine/IED", "shelling": "Shelling/artillery/missile attack",
    "air_strike": "Air/drone strike", "assault_beating": "Attack", "sexual_violence": "Sexual violence",
    "torture_interrogation": "Attack", "abduction_hostage": "Abduction/forced disappearance",
    "arrest_detention": "Arrests", "raid_search": "Other", "trial_punishment": "Other", "extortion_ransom": "Other",
    "protest": "Peaceful protest", "riot_mob": "Mob violence", "property_destruction": "Looting/property destruction",
    "displacement_expulsion": "Other", "recruiting_training": "Change to group/activity", "arming_funding": "Other",
}  # fmt: skip
"""Types that ACLED does not code (threat, espionage, informing, release_surrender) are not here."""

_HEAVY = frozenset(("mortar", "artillery", "rocket", "missile", "aircraft"))
_PRIMITIVE = frozenset(("blade", "stone", "club", "fire", "molotov_cocktail"))
_GUNS = frozenset(("gun", "machine_gun", "rifle"))

MT04 = {
    "killing": "010101", "massacre": "010104", "armed_attack": "010109", "armed_clash": "01010301",
    "bombing": "01010502", "shelling": "01010502", "air_strike": "01010502", "assault_beating": "020101",
    "sexual_violence": "020102", "torture_interrogation": "02011111", "abduction_hostage": "030104",
    "arrest_detention": "030101", "raid_search": "040101", "extortion_ransom": "130104", "threat": "02010301",
    "property_destruction": "130103", "displacement_expulsion": "050104",
}  # fmt: skip
"""HURIDOCS' types of acts; a trial or a protest is one only under conditions that are not told in so many words."""


@dataclass(frozen=True, slots=True)
class Plover:
    """An event type of PLOVER with its mode (or none) and contexts."""

    event: str
    mode: str | None
    contexts: tuple[str, ...] = ()


def name_acled(told: ToldIncident) -> str | None:
    """ACLED's sub_event_type of an incident: that of its foremost type that ACLED codes; None if there is none."""
    kind = next((t for t in told.incident.types if t in _ACLED), None)
    if kind is None:
        return None
    types, used = set(told.incident.types), _instruments(t.telling for t in told.tellings)
    if kind == "bombing":
        return "Suicide bomb" if "suicide_bomb" in used else "Grenade" if used == {"grenade"} else _ACLED[kind]
    if kind == "protest":
        if types & {"killing", "massacre", "armed_attack"}:
            return "Excessive force against protesters"
        return "Protest with intervention" if types & {"arrest_detention", "assault_beating"} else _ACLED[kind]
    if kind == "riot_mob" and "protest" in types:
        return "Violent demonstration"
    if kind == "extortion_ransom" and "property_destruction" in types:
        return "Looting/property destruction"
    return _ACLED[kind]


def name_disorder(sub_event: str) -> str:
    """ACLED's disorder_type of a sub_event_type.

    >>> name_disorder("Armed clash"), name_disorder("Excessive force against protesters")
    ('Political violence', 'Political violence; Demonstrations')
    """
    if sub_event == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if ACLED_EVENTS[sub_event] == "Protests" or sub_event == "Violent demonstration":
        return "Demonstrations"
    event = ACLED_EVENTS[sub_event]
    return event if event == "Strategic developments" else "Political violence"


def name_plover(kind: str, telling: Telling) -> Plover:
    """PLOVER's names for one of a telling's types."""
    used = _instruments([telling])
    if kind in _PLOVER:
        return _PLOVER[kind]
    if kind == "armed_attack":
        return Plover("ASSAULT", "primitive" if used & _PRIMITIVE and not used & _GUNS else "firearms")
    if kind == "armed_clash":
        return Plover("ASSAULT", "heavy-weapons" if used & _HEAVY else "firearms")
    if kind == "bombing":
        return Plover("ASSAULT", "suicide-attack" if "suicide_bomb" in used else "explosives")
    if kind == "air_strike":
        return Plover("ASSAULT", "drone" if "drone" in used else "aerial")
    if kind == "arrest_detention":
        captured = any(t.kind == "combatant" for t in telling.targets)
        return Plover("ASSAULT", "abduct") if captured else Plover("COERCE", "arrest")
    if kind == "trial_punishment":
        accomplished = telling.stage == "accomplished"
        return Plover("SANCTION", "convict", ("legal",)) if accomplished else Plover("ACCUSE", "allege", ("legal",))
    if kind == "displacement_expulsion":
        return Plover("COERCE", "deport", ("migration",))
    if kind == "release_surrender":
        arms = any(t.kind == "weapons" for t in telling.targets)
        return Plover("RETREAT", "disarm" if arms else "release")
    raise ValueError(f"{kind!r} is no incident type")


_PLOVER = {
    "killing": Plover("ASSAULT", "targeted"), "massacre": Plover("ASSAULT", "targeted"),
    "shelling": Plover("ASSAULT", "heavy-weapons"), "assault_beating": Plover("ASSAULT", "beat"),
    "sexual_violence": Plover("ASSAULT", "sexual"), "torture_interrogation": Plover("ASSAULT", "torture"),
    "abduction_hostage": Plover("ASSAULT", "abduct"), "raid_search": Plover("COERCE", "seize"),
    "extortion_ransom": Plover("COERCE", "seize", ("crime",)), "threat": Plover("THREATEN", "violence"),
    "protest": Plover("PROTEST", "demo"), "riot_mob": Plover("PROTEST", "riot"),
    "property_destruction": Plover("ASSAULT", "destroy"), "recruiting_training": Plover("MOBILIZE", "militia"),
    "arming_funding": Plover("AID", None, ("military",)), "espionage": Plover("COOPERATE", None, ("intelligence",)),
    "informing": Plover("COOPERATE", None, ("intelligence",)),
}  # fmt: skip


def _instruments(tellings: Iterable[Telling]) -> set[str]:
    return {i.kind for t in tellings for i in t.instruments}
