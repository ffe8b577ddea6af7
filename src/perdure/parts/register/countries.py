"""Countries by their ISO 3166-1 code, and where each stands on our map of tiles.

The map is drawn by us: one square for each country, near its neighbours, all of one size. A dot
is an empty square. Territories without a square of their own are counted in the table below the map.
"""

from __future__ import annotations

_NAMES = """
AD Andorra|AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AL Albania|AM Armenia|AO Angola
AR Argentina|AT Austria|AU Australia|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh
BE Belgium|BF Burkina Faso|BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BN Brunei|BO Bolivia|BR Brazil
BS Bahamas|BT Bhutan|BW Botswana|BY Belarus|BZ Belize|CA Canada|CD DR Congo|CF Central African Republic
CG Congo|CH Switzerland|CI Côte d’Ivoire|CL Chile|CM Cameroon|CN China|CO Colombia|CR Costa Rica|CU Cuba
CV Cabo Verde|CY Cyprus|CZ Czechia|DE Germany|DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic
DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|EU European Union|FI Finland
FJ Fiji|FM Micronesia|FR France|GA Gabon|GB United Kingdom|GD Grenada|GE Georgia|GH Ghana|GL Greenland
GM Gambia|GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong
HN Honduras|HR Croatia|HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran
IS Iceland|IT Italy|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KI Kiribati
KM Comoros|KN Saint Kitts and Nevis|KP North Korea|KR South Korea|KW Kuwait|KZ Kazakhstan|LA Laos
LB Lebanon|LC Saint Lucia|LI Liechtenstein|LK Sri Lanka|LR Liberia|LS Lesotho|LT Lithuania|LU Luxembourg
LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MG Madagascar|MH Marshall Islands
MK North Macedonia|ML Mali|MM Myanmar|MN Mongolia|MO Macao|MR Mauritania|MT Malta|MU Mauritius|MV Maldives
MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|NL Netherlands
NO Norway|NP Nepal|NR Nauru|NZ New Zealand|OM Oman|PA Panama|PE Peru|PG Papua New Guinea|PH Philippines
PK Pakistan|PL Poland|PR Puerto Rico|PS Palestine|PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania
RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SB Solomon Islands|SC Seychelles|SD Sudan|SE Sweden
SG Singapore|SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia|SR Suriname
SS South Sudan|ST São Tomé and Príncipe|SV El Salvador|SY Syria|SZ Eswatini|TD Chad|TG Togo|TH Thailand
TJ Tajikistan|TL Timor-Leste|TM Turkmenistan|TN Tunisia|TO Tonga|TR Türkiye|TT Trinidad and Tobago
TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine|UG Uganda|US United States|UY Uruguay|UZ Uzbekistan
VA Holy See|VC Saint Vincent and the Grenadines|VE Venezuela|VN Viet Nam|VU Vanuatu|WS Samoa|XK Kosovo
YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""

COUNTRIES = {
    entry[:2]: entry[3:].strip() for line in _NAMES.split("\n") for entry in line.split("|") if entry.strip()
}

_MAP = """
.  .  .  .  .  .  .  GL .  .  .  IS .  .  NO SE FI .  .  .  .  .  .  .  .  .
CA .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  EE RU .  .  .  .  .  .  .  .
US .  .  .  .  .  .  .  .  IE GB .  .  DK .  .  LV BY .  .  KZ .  MN .  .  .
MX .  .  .  .  .  .  .  .  .  .  .  NL DE PL LT UA .  GE UZ KG CN KP .  JP .
.  BZ .  BS .  .  .  .  .  .  .  BE LU LI CZ SK MD .  AZ AM TJ .  KR .  .  .
GT HN CU .  DO AG KN .  .  .  FR CH AT HU RO .  .  TR TM AF NP BT MO HK TW .
SV NI JM HT PR DM .  PT ES AD MC IT SI HR RS BG .  SY IQ IR PK BD MM LA VN .
.  CR .  .  .  LC BB .  .  .  .  SM BA ME XK MK LB IL JO KW IN .  TH KH PH .
.  .  PA .  .  VC GD .  MA DZ TN VA MT AL GR CY PS SA BH QA LK MY SG BN PW FM
.  .  .  CO VE TT .  .  MR ML NE LY EG .  .  .  .  YE OM AE MV .  ID .  MH .
.  .  .  EC GY SR .  CV SN BF NG TD SD ER .  .  .  .  .  .  .  .  TL PG NR KI
.  .  .  PE BR .  .  GM GW GH BJ CM CF SS ET DJ SO .  .  .  .  .  .  SB TV .
.  .  .  BO PY .  .  .  GN CI TG GQ CG CD UG KE .  SC .  .  .  .  .  VU FJ WS
.  .  .  CL UY .  .  .  SL LR .  ST GA RW BI TZ .  .  .  .  .  AU .  .  TO .
.  .  .  AR .  .  .  .  .  .  .  .  AO ZM MW MZ KM MU .  .  .  .  .  NZ .  .
.  .  .  .  .  .  .  .  .  .  .  .  NA BW ZW SZ MG .  .  .  .  .  .  .  .  .
.  .  .  .  .  .  .  .  .  .  .  .  .  ZA LS .  .  .  .  .  .  .  .  .  .  .
"""

TILES: dict[str, tuple[int, int]] = {
    code: (column, row)
    for row, line in enumerate(_MAP.strip().split("\n"))
    for column, code in enumerate(line.split())
    if code != "."
}
"""Country -> (column, row), from the top left."""
