"""What kind of answer the words around a box ask for, in English, German, French and Spanish.

The first rule whose words are found decides; a rule that needs a narrow box says so. Add a word
here when a form of your country uses another one.
"""

from __future__ import annotations

import re

from perdure.core.digitise.values import Kind

LONG_HEIGHT = 30.0  # points: a taller box is meant for more than a line


def _words(*stems: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(stems) + r")", re.IGNORECASE)


_SIGNATURE = _words(
    r"signatures?\b",
    r"sign here",
    r"signed\b(?! by)",
    r"unterschrift",
    r"firma\b",
    r"signature du",
    r"initials? here",
)
_NO_SIGNATURE = _words(r"date", r"name", r"datum", r"fecha", r"nom\b", r"title", r"print", r"type\b")
_DATE_SIGNED = _words(r"date (?:of )?sign", r"signature date", r"date of (?:this )?signature", r"dated?\b")

_RULES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, _words(r"e-?\s?mail", r"courriel", r"correo electr")),
    (
        Kind.IDENTIFIER,
        _words(
            r"social security (?:number|no)",
            r"\bssn\b",
            r"\bitin\b",
            r"\bein\b",
            r"\bfein\b",
            r"\bptin\b",
            r"(?:file|case|account|claim|policy|permit|licen[cs]e|identification|reference|registration|service|"
            r"docket|index|routing|passport|insurance|contract|medicare|id|national insurance) "
            r"(?:\w+ )?(?:number|no\.?|#|code)",
            r"file no",
            r"aktenzeichen",
            r"steuer-?id",
            r"steuernummer",
            r"ausweis",
            r"versicherungsnummer",
            r"iban\b",
            r"\bbic\b",
            r"kontonummer",
            r"gesch[äa]ftsnummer",
            r"num[ée]ro de (?:s[ée]curit|dossier|compte)",
            r"n[úu]mero de (?:seguro|caso|cuenta)",
            r"\bdni\b",
            r"\bnie\b",
            r"\bnif\b",
            r"\bnino\b",
        ),
    ),
    (
        Kind.DATE,
        _words(
            r"dates?\b",
            r"\bdob\b",
            r"born\b",
            r"birth ?day",
            r"mm[-/ ,]*dd",
            r"dd[-/ ,]*mm",
            r"datum\b",
            r"geburtsdatum",
            r"geboren am",
            r"né\(?e?\)? le",
            r"fecha",
            r"\w*datum\b",
            r"jj/mm",
            r"dd/mm",
            r"tt\.mm",
            r"beginning \(month",
        ),
    ),
    (Kind.TIME, _words(r"time of (?:day|birth|death)", r"uhrzeit", r"o.clock", r"\bheure\b", r"\bhora\b")),
    (
        Kind.PHONE,
        _words(
            r"(?:tele)?phone",
            r"mobile\b",
            r"cell\b",
            r"\bfax\b",
            r"\btel\b",
            r"telefon",
            r"t[ée]l[ée]phone",
            r"tel[ée]fono",
            r"handy",
            r"area code",
        ),
    ),
    (
        Kind.POSTCODE,
        _words(
            r"zip\b",
            r"post ?code",
            r"postal code",
            r"postleitzahl",
            r"\bplz\b",
            r"code postal",
            r"c[óo]digo postal",
        ),
    ),
    (
        Kind.COUNTRY,
        _words(r"country\b", r"\bland\b", r"\bpays\b", r"pa[íi]s\b", r"nationality", r"citizenship"),
    ),
    (Kind.PERCENT, _words(r"percent", r"per cent", r"prozent", r"pourcentage", r"porcentaje")),
    (
        Kind.MONEY,
        _words(
            r"amounts?\b",
            r"income",
            r"\bcost",
            r"\bfees?\b",
            r"price",
            r"value of",
            r"balance",
            r"total \w*(?:income|tax)",
            r"\btax(?:es)?\b",
            r"betrag",
            r"einkommen",
            r"einnahmen",
            r"einkünfte",
            r"kosten",
            r"\beuro?\b",
            r"montant",
            r"revenus?\b",
            r"importe",
            r"ingresos",
            r"\bwages\b",
            r"deduction",
            r"expenses?",
            r"payment",
            r"\$",
        ),
    ),
    (
        Kind.ADDRESS,
        _words(
            r"address",
            r"street",
            r"anschrift",
            r"adresse",
            r"direcci[óo]n",
            r"straße",
            r"\brue\b",
            r"calle",
            r"\bcity\b",
            r"\btown\b",
            r"wohnort",
            r"\bort\b",
            r"ville\b",
            r"ciudad",
            r"apt",
            r"apartment",
            r"hausnummer",
            r"domicil",
            r"\bstate\b(?! (?:why|the|any|how|reason))",
            r"county\b",
        ),
    ),
    (
        Kind.NAME,
        _words(
            r"names?\b",
            r"surname",
            r"\w*name\b",
            r"vorname",
            r"nachname",
            r"familienname",
            r"pr[ée]nom",
            r"\bnom\b",
            r"nombre",
            r"apellido",
            r"\bmi\b",
            r"middle initial",
        ),
    ),
    (
        Kind.NUMBER,
        _words(
            r"number of",
            r"how many",
            r"anzahl",
            r"nombre de",
            r"cu[áa]ntos",
            r"\bage\b",
            r"\balter\b",
            r"hours",
        ),
    ),
)

_FORMATS = (
    re.compile(
        r"\b(?:M{2}[-/. ]?D{2}[-/. ]?Y{2,4}|D{2}[-/. ]?M{2}[-/. ]?Y{2,4}|Y{4}[-/. ]M{2}[-/. ]D{2})\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:TT\.?MM\.?JJ(?:JJ)?|JJ/MM/AA(?:AA)?|DD/MM/AA(?:AA)?)\b", re.IGNORECASE),
)


def kind_of(label: str, *, height: float, before: str = "", after: str = "") -> Kind:
    """The kind of a text field.

    height  of the box in points
    before  print right before the box ("$"); after: right after it ("%", ".00")
    """
    if is_signature(label):
        return Kind.SIGNATURE
    if before.endswith(("$", "€", "£")) or after.startswith((".00", "00", "€", "EUR", "Euro")):
        return Kind.MONEY
    if after.startswith("%"):
        return Kind.PERCENT
    for kind, words in _RULES:
        if words.search(label):
            return kind
    return Kind.LONG_TEXT if height >= LONG_HEIGHT else Kind.TEXT


def is_signature(label: str) -> bool:
    """Does the label ask for a hand-written signature, not for the date or name beside one?"""
    found = _SIGNATURE.search(label)
    if not found or len(label) > 120:
        return False
    other = _NO_SIGNATURE.search(label)
    return other is None or found.start() < other.start()


def format_of(label: str, *, before: str = "", after: str = "") -> str:
    """The format printed with a box: MM/DD/YYYY, $, %, or ""."""
    for pattern in _FORMATS:
        found = pattern.search(label)
        if found:
            return found.group().upper()
    if before.endswith(("$", "€", "£")):
        return before[-1]
    if after.startswith("%"):
        return "%"
    return "€" if after.startswith(("€", "EUR", "Euro")) else ""
