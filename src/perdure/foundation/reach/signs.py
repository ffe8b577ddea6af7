"""What a page says without its status saying so: that nothing is here, or that the name is for sale.

Rules that one can read, on the title and the first heading alone. They are a hint and may be wrong.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

_TITLE = re.compile(r"<title[^>]*>(.{0,400}?)</title>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.{0,600}?)</h1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_MISSING = re.compile(
    r"\b(404|page (was |could )?not (be )?found|not found|page (has been|was) (removed|deleted)"
    r"|no longer (available|exists)|page (does not|doesn['’]t) exist|seite (wurde )?nicht gefunden"
    r"|nicht (mehr )?(verfügbar|vorhanden)|page (est )?introuvable|página no encontrada"
    r"|pagina niet gevonden)\b"
)
_PARKED = re.compile(
    r"\b(domain (name )?(is |may be )?(for sale|parked|expired)|parked domain|buy this domain|domain parking"
    r"|this domain has expired|domain (steht|zu|zum) (verkauf|verkaufen)|domaine? (est )?à vendre"
    r"|is for sale \|)"
)


def looks_missing(page: str) -> bool:
    """Does the title or first heading say that there is no such page?"""
    return bool(_MISSING.search(_said(page)))


def looks_parked(page: str) -> bool:
    """Does the title or first heading offer the name for sale?"""
    return bool(_PARKED.search(_said(page)))


def _said(page: str) -> str:
    found = [match.group(1) for match in (_TITLE.search(page), _HEADING.search(page)) if match]
    return " | ".join(" ".join(html.unescape(_TAG.sub(" ", one)).casefold().split()) for one in found)


def same_address(one: str, two: str) -> bool:
    """Are they one address but for https, www, capitals of the host, and a slash at the end?"""
    return _plain(one) == _plain(two)


def leads_to_front(asked: str, found: str) -> bool:
    """Did an address of one page lead to the front page of the same site, as many do with pages that went?"""
    deep, front = urlsplit(asked), urlsplit(found)
    shallow = front.path.strip("/") in {"", "index.html", "index.php", "en", "de"} and not front.query
    return (
        bool(deep.path.strip("/"))
        and shallow
        and _host(asked) == _host(found)
        and not same_address(asked, found)
    )


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return _host(url), parts.path.rstrip("/"), parts.query


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
