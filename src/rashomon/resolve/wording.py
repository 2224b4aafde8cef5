"""Words of times made plain, so that few rules know them: ordinals, months of other languages, "of last year".

In: the words of a time. Out: folded words. Never: a date.
"""

import re
import unicodedata
from datetime import date

from rashomon.resolve.periods import add_months

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
_LONGEST = 200
_FOREIGN = (
    "janvier|enero|januar|janeiro|gennaio", "fevrier|febrero|februar|fevereiro|febbraio", "mars|marzo|marz|maerz|marco",
    "avril|abril|aprile", "mai|mayo|maio|maggio", "juin|junio|juni|junho|giugno", "juillet|julio|juli|julho|luglio",
    "aout|agosto", "septembre|septiembre|setembro|settembre", "octobre|octubre|oktober|outubro|ottobre",
    "novembre|noviembre|novembro", "decembre|diciembre|dezember|dezembro|dicembre",
)  # fmt: skip
"""French, Spanish, German, Portuguese, Italian: what translators leave standing."""
_FOREIGN_MONTH = re.compile(
    r"(?:(?<=\d)(?:er|o|\.|º)?\s+(?:de\s+|di\s+)?|(?<![\w])(?=\w+\.?\s+(?:de\s+|del\s+)?\d{4}))("
    + "|".join(f"(?P<m{i}>{words})" for i, words in enumerate(_FOREIGN))
    + r")\b\.?(?:\s+(?:de|del)\b)?"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
             "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
             "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth",
             "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth",
             "thirty-first")  # fmt: skip
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MONTH = "(?:" + "|".join(MONTHS) + ")"
_MONTH_END = "[hyletr]"
"""What a month's name ends with (a look-behind has one width)."""
_DAY_WORD = re.compile(rf"\b({_ORDINAL})(?= (?:of )?{_MONTH}\b)|(?<={_MONTH_END} )the ({_ORDINAL})(?=,|$)")
_YEAR_WORDS = re.compile(
    r"(?<!earlier )(?<!later )(?<!over the )(?<!in the )(?<!during the )(?<!within the )(?<!for the )"
    r"\b(last|this|next) (year|month)\b(?:'s)?"
)
_OF_THE_YEAR = re.compile(r"\b(beginning|start|end|middle|first half|second half) of the (year|month)$")


def fold_words(text: str) -> str:
    """Lower case, one space, plain letters, dashes and apostrophes; ordinals and months as figures and English names.

    >>> fold_words("le 1er août 2022"), fold_words("The Second of May"), fold_words("June 3rd–5th")
    ('le 1 august 2022', 'the 2 of may', 'june 3-5')
    """
    folded = " ".join(text[:_LONGEST].casefold().replace("’", "'").replace("‘", "'").split())
    folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    folded = folded.replace("–", "-").replace("—", "-").replace("−", "-")
    folded = re.sub(r"(\d)(?:st|nd|rd|th)\b(?! century)", r"\1", folded)
    folded = _FOREIGN_MONTH.sub(_in_english, folded)
    return _DAY_WORD.sub(lambda m: str(_ORDINALS.index(m[1] or m[2]) + 1), folded)


def _in_english(match: "re.Match[str]") -> str:
    month = next(i for i in range(12) if match[f"m{i}"])
    before = match.group()[: match.start(1) - match.start()]
    return (" " if before else "") + MONTHS[month]


def name_year_and_month(folded: str, anchor: date | None) -> str:
    """The words with "last year", "this month" and their like by number and name, where the day of the text is known.

    >>> name_year_and_month("may of last year", date(2024, 1, 16)), name_year_and_month("last month", date(2024, 1, 16))
    ('may of 2023', 'december 2023')
    """
    if anchor is None:
        return folded
    folded = _OF_THE_YEAR.sub(r"\1 of this \2", folded)
    return _YEAR_WORDS.sub(lambda m: _named(m, anchor), folded)


def _named(match: "re.Match[str]", anchor: date) -> str:
    step = {"last": -1, "this": 0, "next": 1}[match[1]]
    if match[2] == "year":
        return str(anchor.year + step)
    year, month = add_months(anchor, step)
    return f"{MONTHS[month - 1]} {year}"
