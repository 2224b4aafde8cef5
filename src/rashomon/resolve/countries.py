"""Other names of countries and the words for who and what is theirs.

In: a name or a demonym. Out: ISO 3166 codes. Never: a place of its own: an adjective
says where a text is at home, no more.
"""

from functools import cache

from rashomon.resolve.folding import fold_name

_ALIASES = """
US: USA, U.S., U.S.A., U.S, United States of America, America, the States
GB: UK, U.K., Britain, Great Britain
RU: Russian Federation, USSR, Soviet Union, Soviet Russia
CD: DRC, DR Congo, D.R. Congo, Congo-Kinshasa, Zaire, Democratic Republic of Congo, Democratic Republic of the Congo
CG: Congo-Brazzaville, Republic of Congo, Republic of the Congo
CF: CAR, Central African Rep.
CI: Côte d'Ivoire, Cote dIvoire
MM: Burma, Myanmar (Burma)
KR: South Korea, Republic of Korea
KP: North Korea, DPRK
PS: Palestine, Palestinian territories, occupied Palestinian territories, occupied territories
IR: Islamic Republic of Iran, Islamic Republic, Persia
SY: Syrian Arab Republic
AE: UAE, U.A.E., Emirates, United Arab Emirates
SA: KSA, Kingdom of Saudi Arabia
CZ: Czech Republic, Czechia
MK: Macedonia, FYROM, North Macedonia
SZ: Swaziland
LK: Ceylon
TL: East Timor, Timor-Leste
CV: Cape Verde
TR: Türkiye, Turkiye, Turkey
VN: Viet Nam
LA: Lao PDR
BN: Brunei Darussalam
BO: Plurinational State of Bolivia
VE: Bolivarian Republic of Venezuela
CN: PRC, People's Republic of China, mainland China
TW: Republic of China
BA: Bosnia, Bosnia-Herzegovina
VA: Vatican, Holy See
NL: Holland, the Netherlands
"""

_DEMONYMS = """
AF: Afghan, Afghans, Afghani
AL: Albanian, Albanians
DZ: Algerian, Algerians
AO: Angolan, Angolans
AR: Argentine, Argentinian, Argentines
AM: Armenian, Armenians
AU: Australian, Australians
AT: Austrian, Austrians
AZ: Azerbaijani, Azerbaijanis, Azeri
BH: Bahraini, Bahrainis
BD: Bangladeshi, Bangladeshis
BY: Belarusian, Belarusians
BE: Belgian, Belgians
BJ: Beninese
BO: Bolivian, Bolivians
BA: Bosnian, Bosnians
BR: Brazilian, Brazilians
BG: Bulgarian, Bulgarians
BF: Burkinabe
MM: Burmese
BI: Burundian, Burundians
KH: Cambodian, Cambodians
CM: Cameroonian, Cameroonians
CA: Canadian, Canadians
TD: Chadian, Chadians
CL: Chilean, Chileans
CN: Chinese
CO: Colombian, Colombians
CD: Congolese
CR: Costa Rican, Costa Ricans
HR: Croatian, Croatians, Croat
CU: Cuban, Cubans
CY: Cypriot, Cypriots
CZ: Czech, Czechs
DK: Danish, Danes
DO: Dominican, Dominicans
EC: Ecuadorian, Ecuadoran, Ecuadorians
EG: Egyptian, Egyptians
SV: Salvadoran, Salvadorans, Salvadorean
ER: Eritrean, Eritreans
EE: Estonian, Estonians
ET: Ethiopian, Ethiopians
FI: Finnish, Finns
FR: French
GE: Georgian, Georgians
DE: German, Germans
GH: Ghanaian, Ghanaians
GR: Greek, Greeks
GT: Guatemalan, Guatemalans
GN: Guinean, Guineans
HT: Haitian, Haitians
HN: Honduran, Hondurans
HU: Hungarian, Hungarians
IN: Indian, Indians
ID: Indonesian, Indonesians
IR: Iranian, Iranians
IQ: Iraqi, Iraqis
IE: Irish
IL: Israeli, Israelis
IT: Italian, Italians
CI: Ivorian, Ivorians
JM: Jamaican, Jamaicans
JP: Japanese
JO: Jordanian, Jordanians
KZ: Kazakh, Kazakhs
KE: Kenyan, Kenyans
KG: Kyrgyz
KW: Kuwaiti, Kuwaitis
LA: Lao, Laotian
LV: Latvian, Latvians
LB: Lebanese
LR: Liberian, Liberians
LY: Libyan, Libyans
LT: Lithuanian, Lithuanians
MG: Malagasy
MY: Malaysian, Malaysians
ML: Malian, Malians
MX: Mexican, Mexicans
MD: Moldovan, Moldovans
MA: Moroccan, Moroccans
MZ: Mozambican, Mozambicans
NP: Nepalese, Nepali
NL: Dutch
NZ: New Zealander
NI: Nicaraguan, Nicaraguans
NE: Nigerien
NG: Nigerian, Nigerians
NO: Norwegian, Norwegians
OM: Omani, Omanis
PK: Pakistani, Pakistanis
PS: Palestinian, Palestinians, Gazan
PA: Panamanian, Panamanians
PG: Papuan
PY: Paraguayan
PE: Peruvian, Peruvians
PH: Filipino, Filipinos, Philippine
PL: Polish, Poles
PT: Portuguese
QA: Qatari, Qataris
RO: Romanian, Romanians
RU: Russian, Russians, Soviet, Soviets
RW: Rwandan, Rwandans
SA: Saudi, Saudis
SN: Senegalese
RS: Serbian, Serbs, Serb
SL: Sierra Leonean
SK: Slovak, Slovaks
SI: Slovenian, Slovene
SO: Somali, Somalis, Somalian
ZA: South African, South Africans
KR: South Korean, South Koreans
KP: North Korean, North Koreans
SS: South Sudanese
ES: Spanish, Spaniards
LK: Sri Lankan, Sri Lankans, Sinhalese
SD: Sudanese
SE: Swedish, Swedes
CH: Swiss
SY: Syrian, Syrians
TW: Taiwanese
TJ: Tajik, Tajiks
TZ: Tanzanian, Tanzanians
TH: Thai, Thais
TG: Togolese
TN: Tunisian, Tunisians
TR: Turkish, Turks
TM: Turkmen
UG: Ugandan, Ugandans
UA: Ukrainian, Ukrainians
AE: Emirati, Emiratis
GB: British, Briton, Britons, English
US: American, Americans
UY: Uruguayan
UZ: Uzbek, Uzbeks
VE: Venezuelan, Venezuelans
VN: Vietnamese
YE: Yemeni, Yemenis, Houthi
ZM: Zambian, Zambians
ZW: Zimbabwean, Zimbabweans
"""


def _parse(table: str) -> dict[str, str]:
    lines = (line.split(": ", 1) for line in table.strip().splitlines())
    return {fold_name(word): code for code, words in lines for word in words.split(", ")}


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    return _parse(_ALIASES), _parse(_DEMONYMS)


def country_of_alias(name: str) -> str | None:
    """The country that goes by this other name.

    >>> country_of_alias("the DRC"), country_of_alias("Burma"), country_of_alias("Paris")
    ('CD', 'MM', None)
    """
    aliases = _tables()[0]
    key = fold_name(name)
    return aliases.get(key) or aliases.get(key.removeprefix("the"))


def country_of_demonym(word: str) -> str | None:
    """The country whose people or things go by `word`.

    >>> country_of_demonym("Iraqi"), country_of_demonym("Turks"), country_of_demonym("Kurdish")
    ('IQ', 'TR', None)
    """
    return _tables()[1].get(fold_name(word))
