"""`textmine serve`: one page without a port, and errors before anything listens."""

import socket

from click.testing import CliRunner

from textmine.cli import cli
from textmine.web import server
from textmine.web.settings import Settings


def run(*arguments):
    return CliRunner().invoke(cli, ["serve", *map(str, arguments)])


def test_one_page_is_printed_without_a_port(sample_library):
    result = run("--get", "/?q=children", "--library", sample_library)
    assert result.exit_code == 0
    assert "<mark>" in result.stdout


def test_an_address_that_is_not_there_is_an_error(sample_library):
    result = run("--get", "/nothing", "--library", sample_library)
    assert result.exit_code == 2
    assert "status 404" in result.stderr
    assert run("--get", "nothing", "--library", sample_library).exit_code == 2


def test_a_port_that_is_taken_is_said(sample_library):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("--port", port, "--no-browser", "--library", sample_library)
    assert result.exit_code == 2
    assert "is taken; choose another with --port" in result.stderr


def test_a_token_is_made_where_others_can_reach_it(sample_library):
    here = Settings(library=sample_library)
    assert server.with_token(here, None).token is None
    there = Settings(library=sample_library, host="0.0.0.0")
    assert len(server.with_token(there, None).token) > 20
    assert server.with_token(there, "given by hand").token == "given by hand"
