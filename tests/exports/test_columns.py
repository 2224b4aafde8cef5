"""Columns: exactly those that the formats have, in their order (FORMATS)."""

import json

from rashomon.present.exports import acled, gdelt, schemes, tables, ucdp
from rashomon.present.exports.csvw import describe_tables
from rashomon.vocabulary import INCIDENT_TYPES

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
)
GDELT = (
    "GlobalEventID,EventTimeDate,MentionTimeDate,MentionType,MentionSourceName,MentionIdentifier,SentenceID,"
    "Actor1CharOffset,Actor2CharOffset,ActionCharOffset,InRawText,Confidence,MentionDocLen,MentionDocTone,"
    "MentionDocTranslationInfo,Extras"
)
PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "REJECT", "ACCUSE", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}  # fmt: skip
ACLED_EVENTS = {
    "Battles", "Violence against civilians", "Explosions/Remote violence", "Protests", "Riots",
    "Strategic developments",
}  # fmt: skip


def test_acled_ucdp_and_gdelt_have_their_columns() -> None:
    assert (len(acled.COLUMNS), len(ucdp.COLUMNS), len(gdelt.COLUMNS)) == (31, 49, 16)
    assert tuple(ACLED.split(",")) == acled.COLUMNS
    assert tuple(UCDP.split(",")) == ucdp.COLUMNS
    assert tuple(GDELT.split(",")) == gdelt.COLUMNS


def test_csvw_describes_every_column_and_its_keys_lead_somewhere() -> None:
    metadata = json.loads(json.dumps(describe_tables()))
    held = {t["url"]: [c["name"] for c in t["tableSchema"]["columns"]] for t in metadata["tables"]}
    assert held == {
        "incidents.csv": [c.name for c in tables.INCIDENTS],
        "tellings.csv": [c.name for c in tables.TELLINGS],
        "sources.csv": [c.name for c in tables.SOURCES],
    }
    for table in metadata["tables"]:
        assert table["tableSchema"]["primaryKey"] in held[table["url"]]
        for key in table["tableSchema"].get("foreignKeys", ()):
            assert key["columnReference"] in held[table["url"]]
            assert key["reference"]["columnReference"] in held[key["reference"]["resource"]]


def test_every_incident_type_has_its_names() -> None:
    from tests.weigh.test_weigh import telling

    for kind in INCIDENT_TYPES:
        assert schemes.name_plover(kind, telling("t", "p")).event in PLOVER
    assert set(schemes.ACLED_EVENTS.values()) == ACLED_EVENTS
    assert len(schemes.ACLED_EVENTS) == 25
    assert set(schemes.MT04) <= set(INCIDENT_TYPES)
