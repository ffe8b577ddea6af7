"""Looking at addresses of the web: what is told of each answer, how politely, and where we never go."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from tests.foundation.web_servers import PAGE, Site, a_certificate, a_closed_port, a_server, a_site

from perdure.foundation.reach.api import Look, Manners, NotReached, Seen, Visitor, Why, addresses_of, place_of

AGENT = "Perdure/1 (+https://north.example/register/)"
TRIAL = Manners(AGENT, loopback=True, connect=1.0, whole=1.5, pause=0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with a_site() as made:
        yield made


def look(url: str, manners: Manners = TRIAL) -> Look:
    return Visitor(manners).look(url)


def test_an_address_that_answers_is_told_so_and_knows_who_asked(site):
    assert look(site.page("/permits")) == Look(Seen.ANSWERS, 200)
    assert [method for method, _path, _agent in site.asked] == ["GET", "HEAD", "GET"]  # robots.txt first
    assert {agent for *_rest, agent in site.asked} == {AGENT}


def test_a_file_is_not_fetched_when_its_head_tells_enough(site):
    assert look(site.page("/report.pdf", "x" * 500_000, Content_Type="application/pdf")).seen == Seen.ANSWERS
    assert ("GET", "/report.pdf", AGENT) not in site.asked


def test_a_page_that_moved_for_good_tells_where_to(site):
    site.page("/new", PAGE)
    old = site.page("/old", status=301, Location="/new")
    assert look(old) == Look(Seen.MOVED, 200, f"{site.url}/new")


@pytest.mark.parametrize("to", ["/permits/", "/permits"])
def test_a_slash_more_or_a_passing_redirect_is_no_move(site, to):
    site.page("/permits/")
    site.page("/permits/today")
    assert look(site.page("/permits", status=301, Location="/permits/")).seen == Seen.ANSWERS
    assert look(site.page("/now", status=302, Location="/permits/today")).seen == Seen.ANSWERS


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_as_gone(site, status):
    assert look(site.page("/old", status=status)) == Look(Seen.GONE, status)


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_a_page_that_lets_no_programs_in_still_answers(site, status):
    assert look(site.page("/closed", status=status)) == Look(Seen.CLOSED, status)


def test_a_server_in_trouble_is_told_so(site):
    assert look(site.page("/", status=503)) == Look(Seen.TROUBLE, 503)


def test_a_server_that_answers_no_head_is_asked_for_the_page(site):
    def only_get(connected: socket.socket) -> None:
        connected.sendall(b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")

    with a_server(only_get) as port:
        assert look(f"http://127.0.0.1:{port}/") == Look(Seen.TROUBLE, 405)


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<title>Page not found | Council</title>", Seen.MISSING),
        ("<title>Council</title><h1>Seite nicht <b>gefunden</b></h1>", Seen.MISSING),
        ("<title>north.example</title><h1>This domain is for sale</h1>", Seen.PARKED),
        ("<title>Council</title><p>The lost cat was not found. Houses for sale.</p>", Seen.ANSWERS),
        ("<title>Route 4041</title>", Seen.ANSWERS),
    ],
)
def test_what_a_page_says_in_its_title_or_heading_is_a_hint(site, body, seen):
    assert look(site.page("/permits", body)).seen == seen


def test_an_old_page_that_leads_to_the_front_page_is_told_so(site):
    site.page("/")
    assert look(site.page("/2019/permits", status=301, Location="/")).seen == Seen.FRONT_PAGE


def test_redirects_in_circles_end(site):
    site.page("/b", status=302, Location="/a")
    assert look(site.page("/a", status=302, Location="/b")).seen == Seen.LOOP
    assert len(site.asked) < 10


def test_a_redirect_behind_the_wall_is_not_followed(site):
    for to in (
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "//[fe80::1]/",
    ):
        assert look(site.page("/a", status=302, Location=to)).seen == Seen.BARRED, to


def test_a_server_that_never_answers_is_left_after_its_time(site):
    with a_server(lambda _connected: time.sleep(6)) as port:
        began = time.monotonic()
        assert look(f"http://127.0.0.1:{port}/").seen == Seen.TIMED_OUT
        assert time.monotonic() - began < 4


def test_a_server_that_drips_is_left_after_its_time():
    def drip(connected: socket.socket) -> None:
        connected.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            connected.sendall(f"X-{number}: drip\r\n".encode())
            time.sleep(0.1)

    with a_server(drip) as port:
        began = time.monotonic()
        assert look(f"http://127.0.0.1:{port}/").seen == Seen.TIMED_OUT
        assert time.monotonic() - began < 4


def test_an_endless_page_is_read_only_in_part():
    sent = []

    def flood(connected: socket.socket) -> None:
        connected.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Permits</title>")
        for _piece in range(4000):
            connected.sendall(b"x" * 65_536)
            sent.append(65_536)

    with a_server(flood) as port:
        assert look(f"http://127.0.0.1:{port}/").seen == Seen.ANSWERS
    assert sum(sent) < 40_000_000, "it was read to the end"


def test_what_does_not_speak_http_is_told_so():
    with a_server(lambda connected: connected.sendall(b"220 mail.north.example ESMTP\r\n")) as port:
        assert look(f"http://127.0.0.1:{port}/").seen == Seen.NOT_HTTP


def test_a_port_where_nobody_listens_refuses():
    assert look(f"http://127.0.0.1:{a_closed_port()}/").seen == Seen.REFUSED


def test_https_without_a_certificate_is_not_safe(site):
    assert look(site.url.replace("http:", "https:")).seen == Seen.UNSAFE


def test_a_certificate_is_asked_for_the_name_though_the_connection_goes_to_a_number(tmp_path, monkeypatch):
    from perdure.foundation.reach import requests

    tls, file = a_certificate(tmp_path, name="north.example")
    here = Manners(AGENT, loopback=True, pause=0, ask=lambda _host, _port: ["127.0.0.1"])
    with a_site(tls) as site:
        address = f"https://north.example:{site.port}/"
        site.page("/")
        assert look(address, here).seen == Seen.UNSAFE, "nobody trusts it yet"
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        requests._safe.cache_clear()
        try:
            assert look(address, here).seen == Seen.ANSWERS
            assert look(address.replace("north", "south"), here).seen == Seen.UNSAFE
        finally:
            requests._safe.cache_clear()


def test_a_name_that_nobody_has_is_told_so():
    def nobody(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "unknown")

    assert look("http://gone.north.example/", Manners(AGENT, ask=nobody)).seen == Seen.NO_HOST


def test_robots_are_listened_to(site):
    site.page("/robots.txt", "User-agent: *\nDisallow: /private*\nAllow: /", Content_Type="text/plain")
    assert look(site.page("/private/permits")).seen == Seen.ROBOTS
    assert look(site.page("/permits")).seen == Seen.ANSWERS
    assert site.paths == {"/permits": 2}


def test_robots_that_name_us_are_listened_to_first(site):
    site.page("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: Perdure\nDisallow: /")
    assert look(site.page("/permits")).seen == Seen.ROBOTS


def test_robots_of_a_server_in_trouble_forbid_everything(site):
    site.page("/robots.txt", status=500)
    assert look(site.page("/permits")) == Look(Seen.TROUBLE, 500)
    assert not site.paths


def test_one_machine_is_asked_one_thing_at_a_time_with_a_pause(site):
    waited: list[float] = []
    visitor = Visitor(
        Manners(AGENT, loopback=True, pause=0.05), sleep=lambda s: (waited.append(s), time.sleep(s))
    )
    site.takes = 0.02
    pages = [site.page(f"/{number}") for number in range(4)]
    threads = [threading.Thread(target=visitor.look, args=(page,)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site.at_once == 1
    assert len(waited) >= 8
    assert all(wait <= 0.05 for wait in waited)


def test_the_pause_that_robots_ask_for_is_kept(site):
    waited: list[float] = []
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7")
    Visitor(TRIAL, sleep=waited.append).look(site.page("/permits"))
    assert waited[-1] > 6


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://2130706433/",
        "http://0x7f.1/", "http://10.0.0.5/", "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/",
        "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:10.0.0.1]/",
        "http://[fe80::1]/", "http://[fc00::1]/", "http://224.0.0.1/", "http://[ff02::1]/",
        "http://[64:ff9b::10.0.0.1]/", "http://[2002:a00:1::]/", "http://[::10.0.0.1]/", "http://[fec0::1]/",
        "http://255.255.255.255/", "http://192.0.0.8/", "http://198.18.0.1/",
    ],
)  # fmt: skip
def test_no_address_behind_the_wall_is_gone_to(url):
    assert look(url, Manners(AGENT)).seen == Seen.BARRED


@pytest.mark.parametrize(
    "url",
    [
        "ftp://north.example/", "file:///etc/passwd", "gopher://north.example/", "javascript:alert(1)", "",
        "http://", "http:///x", "http://user:secret@north.example/", "http://user@north.example/",
        "http://north.example:22/", "http://north.example:99999/", "http://north.example/a b", "//x/",
        "http://north.example\\@10.0.0.1/", "http://[fe80::1%25eth0]/", "http://north.example/\r\nHost: x",
        "http://" + "a" * 3000, "http://no rth/", "http://[nonsense]/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_not_gone_to(url):
    with pytest.raises(NotReached) as told:
        place_of(url)
    assert told.value.why == Why.BARRED


def test_a_name_with_one_address_behind_the_wall_is_not_gone_to():
    place = place_of("https://north.example/")
    with pytest.raises(NotReached) as told:
        addresses_of(place, ask=lambda _host, _port: ["93.184.216.34", "10.0.0.1"])
    assert told.value.why == Why.BARRED


def test_a_name_is_resolved_once_so_that_it_cannot_change_on_the_way(site):
    asked = []

    def turncoat(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) % 2 else ["10.0.0.1"]

    page = site.page("/permits").replace("127.0.0.1", "north.example")
    seen = look(page, Manners(AGENT, loopback=True, pause=0, ask=turncoat))
    assert seen.seen == Seen.BARRED, "the second connection asked anew, and was looked at anew"
    assert len(asked) == 2
    assert [path for _method, path, _agent in site.asked] == ["/robots.txt"]


def test_names_in_other_letters_are_gone_to_by_their_plain_form():
    place = place_of("https://www.köln.example:443/Bürger amt".replace(" ", "-") + "?q=ä#top")
    assert place.url == "https://www.xn--kln-sna.example/B%C3%BCrger-amt?q=%C3%A4"
