"""Guess what an answer is (Kind) from the words that name its box.

    kind_of("DATE OF BIRTH (MM/DD/YYYY)")                 -> Kind.DATE
    kind_of("Amount", format="$")                         -> Kind.MONEY
    kind_of("ZIP code", cells=5)                          -> Kind.POSTCODE

The rules are a list that a person can read from top to bottom: the first one that
matches wins. They know English, German, French and Spanish form words. A wrong kind
is worse than Kind.TEXT, so a rule that is only half sure is not written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from perdure.core.digitise.values import Field, Kind, Widget

DATE_FORMAT = re.compile(
    r"\b(?:mmddyy(?:yy)?|ddmmyy(?:yy)?|yyyymmdd|ttmmjj(?:jj)?)\b"
    r"|\b(mm?|dd?|tt|jj)\s*[/.\- ]\s*(mm?|dd?|tt)?\s*[/.\- ]?\s*(yy(yy)?|jj(jj)?|aa(aa)?)\b",
    re.I,
)
TIME_FORMAT = re.compile(r"\bhh\s*:\s*mm\b", re.I)
MONEY_SIGN = re.compile(r"^\s*[$€£]|[$€£]\s*$|\b(USD|EUR|GBP)\b")
LONG_TEXT_HEIGHT = 34.0
"""A write-in box higher than this, in points, holds about three lines of handwriting."""


@dataclass(frozen=True)
class Rule:
    """A kind and the words that tell it; unless: words that make the rule untrue."""

    kind: Kind
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None

    def holds(self, label: str) -> bool:
        return bool(self.words.search(label)) and not (self.unless and self.unless.search(label))


def _rule(kind: Kind, words: str, unless: str = "") -> Rule:
    return Rule(kind, re.compile(words, re.I), re.compile(unless, re.I) if unless else None)


RULES: tuple[Rule, ...] = (
    _rule(
        Kind.EMAIL,
        r"\be[\s-]?mails?\b|\bcourriel\b|correo electr[oó]nico|\bemailadresse\b"
        r"|\badresse [ée]lectronique\b",
        r"\b(agree|consent|by e-?mail)\b",
    ),
    _rule(
        Kind.SIGNATURE,
        r"\bsignature\b|\bsign here\b|\bunterschrift\b|\bfirma d(e|el)\b|^signed( by)?$|^x$"
        r"|^\(?signatory\)?$",
        r"^\W*(date|name|datum|fecha|nom|title)\b|\bdated?\b|\bdatum\b|\bfecha\b|\bprinted?\b|\bname of\b"
        r"|\btitle of\b|\btype\b",
    ),
    _rule(
        Kind.DATE,
        r"\bdates?\b|\bbirth ?dates?\b|\bd\.?o\.?b\.?\b|\bdatum\b|\w+datum\b|\bfecha\b"
        r"|\bdate de naissance\b"
        r"|\bgeboren am\b|\bdated\b"
        r"|^when (did|do|will|was|were)\b.*\b(begin|start|end|die|leave|left|retire|marry|occur|born)"
        r"|\b(month|mo)\.?[ ,/]+(day|da)\b|\bday[ ,/]+month\b",
        r"\bup ?dated?\b|\bto date\b|\bdates?\b.{0,30}\band places?\b|\bplaces? and dates?\b"
        r"|\b(amount|total|number|name|place|reason|describe|explain)\b.{0,40}\bdates?\b",
    ),
    _rule(
        Kind.TIME,
        r"\btime of (day|birth|death|arrival|call)\b|\buhrzeit\b|\bheure\b|\bhora\b|\btime (am|a\.m)",
        r".{70}",
    ),
    _rule(
        Kind.IDENTIFIER,
        r"social security(?! (benefit|income|amount|payment|disability|admin|retire)|\W+(self|spouse)\b)"
        r"|\bssn\b|\bs\.s\.n\b"
        r"|\bitin\b"
        r"|\bein\b|\bfein\b|\btin\b|\btax(payer)?('?s)? id|identification (no|num|#)"
        r"|\b(file|claim|account|routing|case|licen[sc]e|permit|policy|service|registration|passport"
        r"|serial|docket"
        r"|index|reference|id|member|customer|contract|loan|certificate|accreditation|badge|vin|va|bar"
        r"|npi|medicare"
        r"|medicaid|insurance|transit|employer|invoice|parcel|lot|title|chapter|attorney|group)\s*"
        r"(number|numbers|no\b\.?|nos\b\.?|num\b|#|id\b)"
        r"|\biban\b|\bbic\b|\bsteuer-?(id|nummer)|\baktenzeichen\b|\bgesch[äa]fts-?(nummer|nr)"
        r"|\bversicherungsnummer\b"
        r"|\bnummer des\b|\bkontonummer\b|num[eé]ro (de|d')|\bn[uú]mero de\b|\bnational insurance\b"
        r"|\bnino\b|\bdni\b"
        r"|\bvehicle identification\b|\buei\b|\bduns\b|^file (no|#)",
        r"(?<!security )(?<!file )(?<!account )(?<!policy )(?<!case )\bnumber of\b"
        r"(?! (the )?(policy|account|card|licen))|\bphone\b|\btelephone\b|\bother income\b",
    ),
    _rule(
        Kind.PHONE,
        r"\b(tele)?phones?\b|\bmobile\b|\bcell(ular)?( no| num|$)|\bfax\b|\btelefon|\bt[ée]l[ée]phone\b"
        r"|\btel[ée]fono\b"
        r"|\btel\b\.?|\barea code\b|\bhandy(nummer)?\b|\bcell ?phone\b",
        r"\bmobile home\b|\b(expenses?|bills?|cost|agree|consent)\b"
        r"|\b(name|address)\b.{0,30}\b(tele)?phone",
    ),
    _rule(
        Kind.POSTCODE,
        r"\bzip\b|\bpost(al)? ?code\b|\bplz\b|\bpostleitzahl\b|\bcode postal\b|\bc[oó]digo postal\b",
        r"\b(street|city|town|state|country|address)\b|\bwohnort\b|\bstra(ß|ss)e\b|\bort\b",
    ),
    _rule(
        Kind.PERCENT,
        r"\bper ?cent(age)?\b|%|\bprozent(satz)?\b|\bpourcentage\b|\bporcentaje\b",
        r"\bamount\b|\bless than\b",
    ),
    _rule(
        Kind.MONEY,
        r"\bdollar amount\b|^(total |gross |net |annual |monthly )*(amount|income|wages|salary|expenses?)"
        r" (you |that you )?(paid|owed?|due|received|earned|from|of)\b",
        r"\b(source|type|kind|name|date|frequency|describe|explain|address|number)\b.{0,30}$",
    ),
    _rule(
        Kind.MONEY,
        r"\bamounts?\b|\bincome\b|\bwages?\b|\bearnings\b|\bsalar(y|ies)\b"
        r"|\bmonthly (payment|rent|benefit|cost)"
        r"|\bbalance (due|owed)?|\b(unpaid|outstanding|remaining) balance\b"
        r"|\bdeductions?$|\btotal deductions\b|\btake.?home pay\b|\bassets? value\b"
        r"|\b(total|gross|net) (assets|debts|expenses|value|pay|cost|worth|tax|due|amount|income|credit"
        r"|receipts)\b"
        r"|\brent or mortgage\b|\bfees?\b|\bcosts?\b|\bpurchase price\b|\bloan amount\b|\bbetrag\b"
        r"|\bmontant\b|\bimporte\b"
        r"|\bin euro\b|\bin eur\b|\bcash\b|\btax (due|withheld|withholding|credit)\b"
        r"|\binterest (income|earned)\b|\bpaid by\b"
        r"|\bnetto\b|\bbrutto\b|\bdollars?\b|\bexpenses? paid\b|\brevenus?\b|\bingresos\b"
        r"|\b(market|resale) value\b"
        r"|\brefund\b|\bpayments?$"
        r"|^(add|subtract|multiply|enter the (lesser|smaller|larger|greater))\b.{0,40}\blines?\b",
        r"\b(source|type|kind|name|relationship|date|frequency|describe|explain|method|reason|number|no\b"
        r"|who|address"
        r"|purpose|per cent|"
        r"percent|year|check|if|do you|are you|have you|did you|did the|will you|is the|does)\b",
    ),
    _rule(
        Kind.ADDRESS,
        r"\baddress(es)?\b|\banschrift\b|\badresse\b|\bdirecci[oó]n\b|\bdomicil(e|io)\b|\bwohnhaft\b"
        r"|\bresides? at\b"
        r"|\b(street|city).{0,30}\b(state|zip)\b|\bstra(ß|ss)e.{0,40}\bort\b|\bresidence\b",
        r"\bname\b.{0,20}\baddress|\baddress.{0,20}\bname\b|\bno(t)? address\b|\bweb\b|\bif\b|\bsame as\b"
        r"|\blength of\b|\byears? (at|of)\b|"
        r"\bcounty of\b|\bstate of\b|\bplace of\b",
    ),
    _rule(
        Kind.COUNTRY,
        r"^(name of )?(the )?country( of (birth|residence|citizenship))?$|^land$|^pays$|^pa[ií]s$"
        r"|^country code$",
    ),
    _rule(
        Kind.NUMBER,
        r"\bnumber of\b|\bhow many\b|\bhow old\b|^ages?\b|\bage (at|of)\b|\banzahl\b"
        r"|\bnombre de (personnes|enfants)\b|\bn[uú]mero de (personas|hijos)\b"
        r"|^quantity$|\bsquare (feet|footage)\b|\bhours (per|a) (week|day|month)\b|\bhours worked\b"
        r"|\b(total|no\.?) (of )?(days|weeks|months|miles|hours)\b"
        r"|^(days|weeks|months|years|hours|miles|acres)$|\balter\b$",
        r"\bname\b|\bplan of\b|\breason\b",
    ),
    _rule(
        Kind.NAME,
        r"\bnames?\b|\bnamen?\b|\bvorname\b|\bnachname\b|\bfamilienname\b|\bnom\b|\bpr[ée]nom\b"
        r"|\bnombre( completo)?$|\bapellidos?\b|\bsurname\b"
        r"|^(first|last|middle|given|family|maiden)$|\bmiddle initial\b|^(m\.?\s?i\.?|initial)$|^suffix\b"
        r"|^\(?first\b.{0,12}\bmiddle\b.{0,12}\blast\b"
        r"|^(petitioner|applicant|decedent|affiant|veteran|claimant|spouse|attorney|witness|executor"
        r"|guardian)$",
        r"\b(bank|company|business|firm|organi[sz]ation|employer|school|institution|hospital|facility"
        r"|street|city|county|state|country|court|"
        r"agency|insurer|insurance|branch|estate|trust|ship|vessel|cemetery|medication|unit|program"
        r"|product|file|domain|place|corporation|"
        r"entity|union|plan|church|location|condition"
        r"|doctor'?s office)\b|\bnamed\b|\bwhy\b|\breasons?\b|gericht|behörde|\bbank|\bname and (address"
        r"|location|title|position)\b|\bin the name of\b",
    ),
    _rule(
        Kind.LONG_TEXT,
        r"\b(describe|explain|explanation|remarks?|comments?|details?|additional information|list (all"
        r"|any|each)|give reasons?|statement of)\b"
        r"|\breasons? (for|why)\b|\bbegr[üu]ndung\b|\bsachverhalt\b|\bbeschreib|\bd[ée]crivez\b"
        r"|\bexplique\b|\bwhy\b",
        r"\bcheck\b|\bdate\b|\bname\b",
    ),
)

_NUMBERING = re.compile(r"^\s*(\(?\d{1,3}[a-z]?\)?[.):]?|\(?[A-Z]\)?[.):])\s+(?=\S)")


def kind_of(
    label: str,
    *,
    widget: Widget = Widget.TEXT,
    section: str = "",
    format: str = "",
    cells: int = 0,
    max_length: int | None = None,
    multiline: bool = False,
    height: float = 0.0,
    group_label: str = "",
    before: str = "",
    after: str = "",
) -> Kind:
    """What the answer is, by the words around its box; Kind.TEXT when they do not tell.

    label        the words that name the box, as printed or as in the tooltip
    widget       how the answer is put down: a tick is a TICK whatever its words are
    section      heading above; used only where the label says nothing by itself
    format       printed beside the box: "$", "%", "MM/DD/YYYY"
    cells        comb cells; max_length: most characters; height: of the box, in points
    before       print right before the box ("$"); after: right behind it ("%", ".00")
    """
    by_widget = {Widget.TICK: Kind.TICK, Widget.RADIO: Kind.TICK, Widget.CHOICE: Kind.CHOICE}
    if widget in by_widget:
        return by_widget[widget]
    if widget is Widget.SIGNATURE:
        return Kind.SIGNATURE
    told = (
        _by_format(format, label)
        or _by_neighbours(before, after)
        or _by_words(label)
        or _by_words(group_label)
    )
    if told is None and len(label.strip()) <= 2:
        told = _by_section(section)
    if told is Kind.LONG_TEXT and height and height < LONG_TEXT_HEIGHT and not multiline:
        return Kind.TEXT
    if told is None or told is Kind.TEXT:
        return Kind.LONG_TEXT if _is_roomy(multiline, height) else Kind.TEXT
    return told


def kind_of_field(field: Field) -> Kind:
    """The kind of a field that has been read, by its own words."""
    return kind_of(
        field.label or field.tooltip,
        widget=field.widget,
        section=field.section,
        format=field.format,
        cells=field.cells,
        max_length=field.max_length,
        multiline=field.multiline,
        height=field.box.height,
        group_label=field.group_label,
    )


def _by_format(format: str, label: str) -> Kind | None:
    if DATE_FORMAT.search(format):
        return Kind.DATE
    if TIME_FORMAT.search(format):
        return Kind.TIME
    if MONEY_SIGN.search(format.strip()):
        return Kind.MONEY
    if format.strip() == "%":
        return Kind.PERCENT
    if UNIT.fullmatch(format.strip()):
        return Kind.NUMBER
    return Kind.DATE if DATE_FORMAT.search(label) else None


def _by_neighbours(before: str, after: str) -> Kind | None:
    if before.endswith(("$", "€", "£")) or after.startswith((".00", "00", "€", "EUR", "Euro")):
        return Kind.MONEY
    return Kind.PERCENT if after.startswith("%") else None


def _by_words(label: str) -> Kind | None:
    words = _NUMBERING.sub("", label).strip(" :.*")
    words = re.sub(r"[’`]", "'", words)
    return next((rule.kind for rule in RULES if words and rule.holds(words)), None)


def _by_section(section: str) -> Kind | None:
    """A box without words under "Signature" or "Remarks" is what the heading says."""
    told = _by_words(section)
    return told if told in (Kind.SIGNATURE, Kind.LONG_TEXT) else None


def _is_roomy(multiline: bool, height: float) -> bool:
    return height >= LONG_TEXT_HEIGHT if height else multiline


LONGEST_SIGNATURE_LABEL = 120


def is_signature(label: str) -> bool:
    """Does the label ask for a hand-written signature, not for the date or name beside one?"""
    return len(label) <= LONGEST_SIGNATURE_LABEL and _by_words(label) is Kind.SIGNATURE


_FORMATS = (
    re.compile(
        r"\b(?:M{2}[-/. ]?D{2}[-/. ]?Y{2,4}|D{2}[-/. ]?M{2}[-/. ]?Y{2,4}|Y{4}[-/. ]M{2}[-/. ]D{2})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:TT[-/. ]?MM[-/. ]?JJ(?:JJ)?|JJ[-/. ]MM[-/. ]AA(?:AA)?|DD[-/. ]MM[-/. ]AA(?:AA)?)\b",
        re.IGNORECASE,
    ),
)
_SIGNS = {"USD": "$", "GBP": "£", "EUR": "€", "EURO": "€", "EUROS": "€"}
_SUM_IN = re.compile(r"(?i)(?:\bin|\ben|[(\[])\s*(?P<sign>[$€£]|USD|GBP|EUR|Euros?)\s*[)\]]?\s*[:.]?\s*$")
_UNITS = (
    r"kg|lbs?|oz|km|cm|mm|miles?|feet|ft|inches|m²|m2|sq\.? ?(?:m|ft)|qm|ha|acres?|kWh|lit(?:re|er)s?"
    r"|gallons?|°C|minutes|hours|hrs?|days|weeks|months|years|Minuten|Stunden|Tagen?|Wochen|Monaten?|Jahren?"
    r"|heures|jours|semaines|mois|ans|horas|d[ií]as|semanas|meses|años"
)
UNIT = re.compile(rf"(?:{_UNITS})(?!\w)", re.IGNORECASE)
_UNIT_IN = re.compile(rf"(?i)[(\[]\s*(?:in\s+|en\s+)?(?P<unit>{_UNITS})\s*[)\]]\s*[:.]?\s*$")


def format_of(label: str, *, before: str = "", after: str = "") -> str:
    """The format printed with a box: MM/DD/YYYY, $, %, a unit such as kg or hours, or "".

    before, after  the print right before the box and right behind it
    """
    for words in (label, after, before):
        for pattern in _FORMATS:
            found = pattern.search(words)
            if found:
                return found.group().upper()
    if before.endswith(("$", "€", "£")):
        return before[-1]
    if after.startswith("%"):
        return "%"
    if after.startswith(("€", "EUR", "Euro")):
        return "€"
    priced = _SUM_IN.search(label)
    if priced:
        return _SIGNS.get(priced["sign"].upper(), priced["sign"])
    return _unit_of(label, after)


def _unit_of(label: str, after: str) -> str:
    behind = UNIT.match(after)
    if behind:
        return behind.group()
    inside = _UNIT_IN.search(label)
    return inside["unit"] if inside else ""
