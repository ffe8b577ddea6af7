"""Words that the rules on proposals look for, by ISO 639-1 code. Data only.

"one" is on no list of numbers: it is also an article, and "one" cannot become "two" unseen.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(words: str) -> dict[str, str]:
    """{"two": "2", ...} from words in the order 2 to 20, then tens to 100, then 1000 and a million."""
    values = [*range(2, 21), *range(30, 101, 10), 1000, 1_000_000]
    return {word: str(value) for word, value in zip(words.split(), values, strict=True)}


NUMBERS = {
    "en": _numbered(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
        " thousand million"
    )
    | {"half": "½", "twice": "2×", "both": "both"},
    "de": _numbered(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
        " sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig"
        " neunzig hundert tausend million"
    )
    | {"halb": "½", "beide": "both"},
    "fr": _numbered(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept"
        " dix-huit dix-neuf vingt trente quarante cinquante soixante soixante-dix quatre-vingts"
        " quatre-vingt-dix cent mille million"
    )
    | {"demi": "½"},
    "es": _numbered(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
        " diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta"
        " noventa cien mil millón"
    ),
}

MONTHS = {
    "en": _words("january february march april may june july august september october november december"),
    "de": _words("januar jänner februar märz april mai juni juli august september oktober november dezember"),
    "fr": _words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "es": _words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
}

NEGATIONS = {
    "en": r"\b(?:not|never|without|except|unless|neither|nor|cannot|none|exclude|excluding|besides)\b"
    r"|n't\b|\bother than\b",
    "de": r"\b(?:nicht|kein\w*|nie|niemals|ohne|außer|weder|sofern nicht)\b",
    "fr": r"\b(?:ne|pas|jamais|sans|sauf|aucune?|ni|excepté)\b|\bn'",
    "es": r"\b(?:no|nunca|jamás|sin|salvo|excepto|ningún|ninguna|ni)\b",
}

FORM_WORDS = _words(
    "form forms schedule part section box line appendix annex table item anlage vordruck formular"
    " abschnitt teil zeile formulaire annexe partie cadre rubrique formulario anexo parte sección"
    " casilla"
)

COMMON = {
    "en": _words(
        "the of and to in is you that for it are was on with your have be this or what how which who"
        " when where do does did from by at not if any has we will can an as they other their please"
        " were would"
    ),
    "de": _words(
        "der die das und ist sie ihr ihre ihren ihnen in zu den mit von für auf ein eine einen nicht"
        " sind wie was wer wann wo haben hat werden wird im am bei oder wenn bitte zum zur aus dem des"
        " es geben ich"
    ),
    "fr": _words(
        "le la les de des du un une et est vous votre vos que qui dans pour sur avec ne pas par au"
        " aux ou si quel quelle quels quelles avez êtes il elle ce cette sont comment quand où à en"
        " nom"
    ),
    "es": _words(
        "el la los las de del un una y es su sus que en para por con no se al o si cuál cuáles qué"
        " cómo cuándo dónde tiene está usted son fue ha este esta le lo como"
    ),
    "it": _words(
        "il lo la gli le di del della un una e è che in per con non si al o se qual quale come quando"
        " dove ha sono suo sua suoi questo nel alla dei"
    ),
    "nl": _words(
        "de het een en is u uw van in op te dat die voor met niet zijn of als wat hoe wie waar"
        " wanneer heeft hebt bent aan bij door om welke"
    ),
    "pt": _words(
        "o a os as de do da dos das um uma e é que em para por com não se ao ou qual quais como"
        " quando onde tem seu sua você está são no na"
    ),
    "pl": _words(
        "i w z na do jest nie się że o czy jak kiedy gdzie kto co dla od po przez ten ta to są lub"
        " jeśli pan pani twoje jaki jaka"
    ),
}
