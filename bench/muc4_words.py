"""The words of MUC-4's slots for the words of our vocabulary.

In: nothing. Out: tables. Never: rules (see `muc4_answers`).
"""

from rashomon.read.heads import ROLE_LAYERS

LAYERS = tuple(layer for layer in ROLE_LAYERS if layer != "site")
"""The layers of roles that are learnt from MUC-4: a place within a place is none of its slots."""

TYPES = {
    "bombing": "BOMBING", "abduction_hostage": "KIDNAPPING", "property_destruction": "ARSON",
    "extortion_ransom": "ROBBERY", "killing": "ATTACK", "massacre": "ATTACK", "armed_attack": "ATTACK",
    "assault_beating": "ATTACK", "sexual_violence": "ATTACK", "torture_interrogation": "ATTACK", "shelling": "ATTACK",
    "air_strike": "BOMBING",
}  # fmt: skip
"""Incident types; those that are not here are no incidents of MUC-4. The first in this order names the template."""

INSTRUMENTS = {
    "gun": "GUN", "machine_gun": "MACHINE GUN", "rifle": "RIFLE", "bomb": "BOMB", "vehicle_bomb": "VEHICLE BOMB",
    "suicide_bomb": "BOMB", "dynamite": "DYNAMITE", "explosive": "EXPLOSIVE", "grenade": "GRENADE", "mine": "MINE",
    "mortar": "MORTAR", "artillery": "MORTAR", "rocket": "ROCKET", "missile": "MISSILE",
    "aerial_bomb": "AERIAL BOMB", "fire": "FIRE", "molotov_cocktail": "MOLOTOV COCKTAIL",
    "blade": "CUTTING DEVICE", "stone": "STONE", "torture": "TORTURE",
}  # fmt: skip

HUMAN_KINDS = {
    "civilian": "CIVILIAN", "diplomat": "DIPLOMAT", "official": "GOVERNMENT OFFICIAL",
    "former_official": "FORMER GOVERNMENT OFFICIAL", "politician": "POLITICAL FIGURE",
    "judicial": "LEGAL OR JUDICIAL", "military": "ACTIVE MILITARY", "former_military": "FORMER ACTIVE MILITARY",
    "police": "LAW ENFORCEMENT", "guard": "SECURITY GUARD", "journalist": "CIVILIAN", "aid_worker": "CIVILIAN",
    "religious": "CIVILIAN", "activist": "CIVILIAN", "combatant": "CIVILIAN", "other_person": "CIVILIAN",
}  # fmt: skip

PHYSICAL_KINDS = {
    "residence": "CIVILIAN RESIDENCE", "business": "COMMERCIAL", "finance": "FINANCIAL",
    "government_site": "GOVERNMENT OFFICE OR RESIDENCE", "military_site": "OTHER",
    "police_site": "LAW ENFORCEMENT FACILITY", "diplomatic_site": "DIPLOMAT OFFICE OR RESIDENCE",
    "party_site": "POLITICAL FIGURE OFFICE OR RESIDENCE", "organisation_site": "ORGANIZATION OFFICE",
    "media_site": "COMMUNICATIONS", "communications": "COMMUNICATIONS", "energy": "ENERGY", "water": "WATER",
    "transport_route": "TRANSPORTATION ROUTE", "vehicle": "TRANSPORT VEHICLE", "religious_site": "OTHER",
    "school": "OTHER", "hospital": "OTHER", "land": "OTHER", "weapons": "OTHER", "other_site": "OTHER",
}  # fmt: skip

HUMAN_EFFECTS = {"killed": "DEATH", "injured": "INJURY", "none": "NO INJURY OR DEATH"}
PHYSICAL_EFFECTS = {"destroyed": "DESTROYED", "damaged": "SOME DAMAGE", "none": "NO DAMAGE"}

CONFIDENCES = {
    "asserts": "REPORTED AS FACT", "alleges": "SUSPECTED OR ACCUSED", "suspects": "POSSIBLE",
    "claims_responsibility": "CLAIMED OR ADMITTED", "admits": "CLAIMED OR ADMITTED", "denies": "POSSIBLE",
    "hearsay": "POSSIBLE", "hypothetical": "POSSIBLE",
}  # fmt: skip

PLACE_TYPES = {"town": "CITY", "neighbourhood": "NEIGHBORHOOD", "region": "DEPARTMENT", "area": "AREA", "site": "AREA"}

COUNTRIES = {
    "AR": "ARGENTINA", "BO": "BOLIVIA", "BR": "BRAZIL", "CL": "CHILE", "CO": "COLOMBIA", "CR": "COSTA RICA",
    "CU": "CUBA", "DO": "DOMINICAN REPUBLIC", "EC": "ECUADOR", "SV": "EL SALVADOR", "GT": "GUATEMALA",
    "HN": "HONDURAS", "HT": "HAITI", "MX": "MEXICO", "NI": "NICARAGUA", "PA": "PANAMA", "PE": "PERU",
    "PY": "PARAGUAY", "UY": "URUGUAY", "VE": "VENEZUELA", "US": "UNITED STATES", "ES": "SPAIN", "FR": "FRANCE",
    "GB": "UNITED KINGDOM", "IT": "ITALY", "DE": "WEST GERMANY", "LB": "LEBANON", "IL": "ISRAEL", "PH": "PHILIPPINES",
}  # fmt: skip
"""Countries by ISO code, as the task's list of nations writes those that its texts are mostly about."""

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
