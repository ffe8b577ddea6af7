"""A real mail server on this machine that keeps what it is given, or refuses it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What came in. refuse: from an address to the answer for its RCPT, or None to take it."""

    messages: list[EmailMessage] = field(default_factory=list)
    refuse: Callable[[str], str | None] = lambda _address: None
    port: int = 0

    @property
    def to(self) -> list[str]:
        return [str(one["To"]) for one in self.messages]


class _Session(socketserver.StreamRequestHandler):
    box: Mailbox

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split(" ")[0].upper()
            if verb == "RCPT":
                address = line[line.index("<") + 1 : line.index(">")]
                self._say(self.box.refuse(address) or "250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                self.box.messages.append(self._message())
                self._say("250 kept")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        read = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(read, EmailMessage)
        return read

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def start(box: Mailbox) -> _Server:
    """Start it on a free port, which the box then names; `shutdown` ends it."""
    server = _Server(("127.0.0.1", 0), type("Session", (_Session,), {"box": box}))
    box.port = int(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    return server
