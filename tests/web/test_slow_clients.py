"""Readers who send or read slowly, or send what is no request: the page goes on for others."""

import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx2
import pytest

from textmine.web.server import CONNECTIONS
from textmine.web.services.connections import PatientProtocol

MULTIPART = b"POST /upload HTTP/1.1\r\nHost: localhost\r\ncontent-type: multipart/form-data\r\n"
HEAD = b"GET /?q=children HTTP/1.1\r\nHost: localhost\r\n"


class Hasty(PatientProtocol):
    """The same with a hundredth of the patience."""

    look = 0.1
    least = 400


@pytest.fixture(scope="module")
def server(sample_library, make_live):
    with make_live(sample_library, Hasty) as running:
        yield running


def dial(address, room=None):
    """A connection; `room` is what its system may hold for it, unread."""
    place = urlsplit(address)
    line = socket.socket()
    if room:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    line.settimeout(20)
    line.connect((place.hostname, place.port))
    return line


def is_ended(line):
    """Whether the server has ended a connection, within twenty seconds."""
    try:
        while line.recv(2**16):
            pass
    except ConnectionError:
        pass
    except TimeoutError:
        return False
    return True


def send_for_ever(line, data):
    """Sends it again and again, for twenty seconds."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        line.sendall(data)
        time.sleep(0.02)


def answers(address):
    return httpx2.get(f"{address}/?q=children", timeout=20).status_code == 200


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET / HT",
        HEAD,
        b"POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na",
    ],
)
def test_a_request_that_does_not_come_to_its_end_is_given_up(server, first):
    with dial(server.address) as line:
        line.sendall(first)
        assert is_ended(line)


def test_a_head_that_comes_letter_by_letter_is_given_up(server):
    with dial(server.address) as line:
        line.sendall(HEAD)
        with pytest.raises(ConnectionError):
            send_for_ever(line, b"x-a: b\r\n" * 8)


def test_connections_that_say_nothing_shut_nobody_out_for_long(server):
    with ExitStack() as lines:
        for _ in range(CONNECTIONS + 20):
            lines.enter_context(dial(server.address)).sendall(HEAD)
        begun = time.monotonic()
        while not answers(server.address):
            assert time.monotonic() - begun < 20
            time.sleep(0.1)


def test_an_answer_that_nobody_reads_is_dropped(server):
    with ExitStack() as lines:
        for _ in range(8):
            line = lines.enter_context(dial(server.address, room=4096))
            line.sendall(b"GET /api/v1/passages?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert answers(server.address)
        end = time.monotonic() + 20
        while server.connections > 1:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.mark.parametrize(
    "sent",
    [
        b"\0" * 100,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  /  HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /../../../../etc/hostname HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /static/..%2f..%2fapp.py HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /documents/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /documents/..%2f..%2f HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /?q=%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        HEAD + b"x: " + b"a" * 100_000 + b"\r\n\r\n",
        HEAD + b"cookie: " + b"a=b; " * 5_000 + b"\r\n\r\n",
        HEAD + b'cookie: textmine_session=\xff"\\;;=\r\n\r\n',
        HEAD + b"connection: upgrade\r\nupgrade: websocket\r\n\r\n",
        HEAD + b"transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n",
        b"POST /upload HTTP/1.1\r\nHost: localhost\r\ncontent-length: -1\r\n\r\n",
        b"POST /upload HTTP/1.1\r\nHost: localhost\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /upload HTTP/1.1\r\nHost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        MULTIPART + b"content-length: 3\r\n\r\nabc",
        b"DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_no_fault_of_ours(server, sent):
    with dial(server.address) as line:
        line.sendall(sent)
        answer = b""
        try:
            while piece := line.recv(2**16):
                answer += piece
        except ConnectionError:
            pass
        assert not answer or 200 <= int(answer.split(b" ")[1]) < 500, answer[:200]
        assert b"root:" not in answer
    assert answers(server.address)
