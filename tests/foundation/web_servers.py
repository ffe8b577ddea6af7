"""Real servers on this machine's own loopback, for everything that goes out to look at addresses."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = "<title>Parking permits</title><h1>Parking permits online</h1>"


@dataclass
class Site:
    """A web site. pages: path -> (status, headers, body). asked: (method, path, user agent) in order.

    at_once  the most requests that were being answered at one time
    """

    pages: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    takes: float = 0.0
    port: int = 0
    at_once: int = 0
    now: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> Counter[str]:
        return Counter(path for _method, path, _agent in self.asked if path != "/robots.txt")

    def page(self, path: str, body: str = PAGE, status: int = 200, **headers: str) -> str:
        """Put a page there; its address."""
        told = {"Content-Type": "text/html; charset=utf-8"}
        self.pages[path] = (status, told | {k.replace("_", "-"): v for k, v in headers.items()}, body)
        return self.url + path


@contextmanager
def a_site(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port; what has no page is 404."""
    site, lock = Site(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            with lock:
                site.asked.append((self.command, self.path, self.headers["User-Agent"]))
                site.now += 1
                site.at_once = max(site.at_once, site.now)
            time.sleep(site.takes)
            status, headers, body = site.pages.get(self.path, (404, {}, "nothing here"))
            with suppress(OSError):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body.encode())
            with lock:
                site.now -= 1

        do_GET = do_HEAD = answer  # noqa: N815

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@contextmanager
def a_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Anything that listens: each connection is handed over after its request was read. Gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connected, _from = listener.accept()
                threading.Thread(target=hand_over, args=(connected,), daemon=True).start()

    def hand_over(connected: socket.socket) -> None:
        with connected, suppress(OSError):
            connected.recv(65_536)
            talk(connected)

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def a_closed_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def a_certificate(folder: Path, *, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS for a name, and the file of the certificate for those who are to trust it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(today - datetime.timedelta(days=1))
    made = made.not_valid_after(today + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    file, secret = folder / f"{name}.pem", folder / f"{name}.key"
    plain = serialization.NoEncryption()
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return context, file
