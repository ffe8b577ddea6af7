"""Asking a model: a real server on loopback answers well, badly, slowly, hugely or not at all."""

from __future__ import annotations

import logging
import socket
import time

import pytest
from tests.foundation.model.endpoint import completion, drips, model, says, send, with_status

from perdure.foundation.model import api

__all__ = ["model"]  # a fixture

HELLO = {"messages": [{"role": "user", "content": "Hello"}], "temperature": 0}
KEY = "sk-very-secret"


def test_it_is_off_until_an_address_is_set(settings):
    from perdure.site import config

    assert config.setting("PERDURE_MODEL_URL", {}) == ""
    settings.MODEL_URL = ""
    assert not api.is_on()
    with pytest.raises(api.ModelOff):
        api.ask(HELLO, seconds=1)


def test_an_answer_comes_back_as_text(model):
    endpoint = model(says("Grüß Gott"), key=KEY)
    assert api.ask(HELLO, seconds=5) == "Grüß Gott"
    ((path, headers, body),) = endpoint.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["messages"] == HELLO["messages"]
    assert body["model"] == "small-model"
    assert api.address() == f"{endpoint.url}/chat/completions"


def test_without_a_key_none_is_sent(model):
    endpoint = model(says("Hi"))
    api.ask(HELLO, seconds=5)
    assert "Authorization" not in endpoint.asked[0][1]


@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_that_knows_only_messages_is_asked_plainly(model, status):
    def answer(to, body):
        send(to, b"", status) if "temperature" in body else send(to, completion("Hi"))

    endpoint = model(answer)
    assert api.ask(HELLO, seconds=5) == "Hi"
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize(
    ("status", "next_step"),
    [
        (500, "Try again later"),
        (401, "PERDURE_MODEL_KEY"),
        (404, "PERDURE_MODEL_NAME"),
        (429, "too much"),
        (400, ""),
    ],
)
def test_a_refusal_is_told_with_its_number_and_none_of_its_words(model, status, next_step):
    model(with_status(status), key=KEY)
    with pytest.raises(api.ModelSaysNo) as refusal:
        api.ask(HELLO, seconds=5)
    assert str(status) in refusal.value.what
    assert next_step in refusal.value.next_step
    assert "secret" not in str(refusal.value)


def test_it_is_never_sent_on_to_another_address(model):
    elsewhere = model(says("stolen"), key=KEY)
    first = model(with_status(307, Location=f"{elsewhere.url}/chat/completions"), key=KEY)
    with pytest.raises(api.ModelSaysNo, match="another address"):
        api.ask(HELLO, seconds=5)
    assert len(first.asked) == 1
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        completion(None),
        completion([1]),
        b"[" * 300_000,
        b"\xff",
    ],
)
def test_an_answer_that_is_no_completion_is_refused_in_words(model, body):
    model(lambda to, asked: send(to, body))
    with pytest.raises(api.ModelAnswerNotRead, match="something else"):
        api.ask(HELLO, seconds=5)


def test_a_huge_answer_is_not_read_to_its_end(model):
    model(says("x" * 3_000_000))
    with pytest.raises(api.ModelAnswerNotRead, match="larger than 1 MB"):
        api.ask(HELLO, seconds=5)


def test_an_answer_that_breaks_off_is_refused(model):
    def breaks_off(to, body):
        to.send_response(200)
        to.send_header("Content-Length", "5000")
        to.end_headers()
        to.wfile.write(b'{"choices"')
        to.close_connection = True

    model(breaks_off)
    with pytest.raises(api.ModelNotReached):
        api.ask(HELLO, seconds=5)


def silent(to, body):
    time.sleep(2)


@pytest.mark.parametrize("slow", [silent, drips])
def test_the_time_for_an_answer_is_the_time_for_all_of_it(model, slow):
    model(slow)
    began = time.monotonic()
    with pytest.raises(api.ModelTooSlow, match=r"within 0\.4 seconds"):
        api.ask(HELLO, seconds=0.4)
    assert time.monotonic() - began < 1.9


def test_nobody_at_the_address_is_said_in_words(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.MODEL_URL = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(api.ModelNotReached, match="could not be reached"):
        api.ask(HELLO, seconds=2)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/v1",
        "localhost:8080",
        "http://",
        "http://[::1",
        "http://example.org:99999/v1",
        "http://someone:password@example.org/v1",
        "https://example.org/v1?key=secret",
        "http://example.org/ v1",
        "http://example.org/v1\r\nX: y",
    ],
)
def test_an_address_that_cannot_be_used_is_named_by_its_setting(settings, url):
    settings.MODEL_URL = url
    with pytest.raises(api.ModelNotSetUp, match="PERDURE_MODEL_URL") as refusal:
        api.ask(HELLO, seconds=1)
    assert "password" not in str(refusal.value)


@pytest.mark.parametrize("url", ["http://h/v1", "http://h/v1/", "http://h/v1/chat/completions"])
def test_the_whole_address_may_be_given_or_its_beginning(settings, url):
    settings.MODEL_URL = url
    assert api.address() == "http://h/v1/chat/completions"


def test_the_key_is_in_no_log_and_no_error(model, settings, caplog):
    caplog.set_level(logging.DEBUG)
    model(with_status(500), key=KEY)
    with pytest.raises(api.ModelError) as refusal:
        api.ask(HELLO, seconds=5)
    settings.MODEL_KEY = f"{KEY}\nX-Other: 1"
    with pytest.raises(api.ModelNotSetUp) as broken:
        api.ask(HELLO, seconds=5)
    assert KEY not in f"{caplog.text}{refusal.getrepr(style='long')}{broken.value}{broken.value.__cause__}"


def test_perdure_settings_does_not_show_the_key(monkeypatch):
    from click.testing import CliRunner

    from perdure.cli.main import cli

    monkeypatch.setenv("PERDURE_MODEL_KEY", KEY)
    shown = CliRunner().invoke(cli, ["settings"]).output
    assert "PERDURE_MODEL_KEY=(set)" in shown
    assert KEY not in shown


def test_a_host_that_cannot_be_a_name_is_nobody(settings):
    settings.MODEL_URL = "http://a..b/v1"
    with pytest.raises(api.ModelNotReached):
        api.ask(HELLO, seconds=1)
