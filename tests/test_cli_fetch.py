"""Fetching, against a server on this machine that plays invented pages of the site."""

import json
import re
import threading
import time
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

pytest.importorskip("httpx2", reason="needs textmine[fetch]")
pytest.importorskip("protego", reason="needs textmine[fetch]")

from textmine import Library
from textmine.cli import cli
from textmine.fetching import polite

REGISTER = """key,name,region,urn
marlowshire,Marlowshire,North West,901
quokkaville,Quokkaville,London,902
tidewick,Tidewick,London,903
"""


class Site:
    """The pages of a site, and what was asked of it."""

    def __init__(self):
        self.pages = {}
        self.asked = Counter()
        self.agents = set()
        self.conditional = Counter()
        self.times = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path
                site.asked[path] += 1
                site.times.append(time.monotonic())
                site.agents.add(self.headers["User-Agent"])
                page = site.pages.get(path, (404, b"", {}))
                status, body, headers = page(site.asked[path]) if callable(page) else page
                if headers.get("ETag") and self.headers["If-None-Match"] == headers["ETag"]:
                    site.conditional[path] += 1
                    status, body = 304, b""
                cut = headers.pop("Cut", False)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if cut else body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def results(self, start, named, total):
        rows = "".join(
            f'<li class="search-result"><a href="/provider/44/{urn}">{name}</a></li>'
            for urn, name in named.items()
        )
        path = f"/search?q=&level_1_types=3&level_2_types%5B%5D=12&start={start}&rows=100"
        self.pages[path] = (200, f"<p>{total} results</p><ul>{rows}</ul>".encode(), {})

    def provider(self, urn, *links, etag=None):
        rows = "".join(
            '<li class="timeline__day"><span class="event">'
            f'<a class="publication-link" href="{url}">{title}</a></span>'
            f"<p>Published {day}</p></li>"
            for url, title, day in links
        )
        headers = {"ETag": etag} if etag else {}
        body = f'<html><body><ol class="timeline">{rows}</ol></body></html>'.encode()
        self.pages[f"/provider/44/{urn}"] = (200, body, headers)


@pytest.fixture
def site(ilacs_page, five_rows, make_pdf):
    site = Site()
    full = make_pdf(ilacs_page(five_rows))
    visit = make_pdf([(71, 100, 12, False, "Focused visit to Quokkaville children's services")])
    site.pages["/file/1"] = (200, full, {})
    site.pages["/file/2"] = (200, visit, {})
    site.results(0, {"901": "Marlowshire"}, 2)
    site.results(100, {"902": "Quokkaville"}, 2)
    site.provider("901", ("/file/1", "Children's services inspection", "12 March 2024"), etag='"a"')
    site.provider("902", ("/file/2", "Focused visit", "3 May 2025"))
    site.provider("903")
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def run(site, tmp_path, monkeypatch):
    """Runs the command; pauses are noted and not waited for."""
    pauses = []
    start = polite.PoliteClient.__init__

    def quick(self, contact=None):
        start(self, contact, pause=0.001, sleep=pauses.append)

    monkeypatch.setattr(polite.PoliteClient, "__init__", quick)
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    library = tmp_path / "library"

    def run(*arguments):
        return CliRunner().invoke(
            cli,
            [
                *("fetch", *arguments, "--site", site.url, "--register", str(register)),
                *("--library", str(library), "--jobs", "1"),
            ],
        )

    run.pauses, run.library = pauses, library
    return run


def documents(run):
    with Library(run.library) as library:
        return {row.url: row for row in library.documents(internal=True)}


def test_a_dry_run_lists_every_page_of_results_and_fetches_no_file(run, site):
    result = run("--dry-run", "--format", "json", "--contact", "team@example.org")
    assert result.exit_code == 0, result.output
    assert [
        (row["authority"], row["published"], row["lacking"]) for row in json.loads(result.stdout)
    ] == [
        ("Marlowshire", "2024-03-12", True),
        ("Quokkaville", "2025-05-03", True),
    ]
    assert "nothing found for: Tidewick" in result.stderr
    assert not site.asked["/file/1"]
    assert not run.library.exists()
    assert all("textmine/" in agent and "team@example.org" in agent for agent in site.agents)


def test_files_come_with_their_address_once(run, site):
    first = run()
    assert first.exit_code == 0, first.output
    row = documents(run)[f"{site.url}/file/1"]
    assert (row.authority, row.published) == ("marlowshire", "2024-03-12")
    assert not list((run.library / "fetched").iterdir())
    again = run()
    assert again.exit_code == 0, again.output
    assert site.asked["/file/1"] == site.asked["/file/2"] == 1
    assert site.conditional["/provider/44/901"] == 1
    assert "2 documents listed, 0 not in the library" in again.stderr


def test_a_list_that_is_cut_short_loses_no_authority_and_is_a_problem(run, site):
    site.results(100, {}, 2)
    result = run("--dry-run")
    assert result.exit_code == 3
    assert "the site lists 1 of 2 authorities" in result.stderr
    assert "2 documents listed" in result.stderr


def test_an_authority_that_the_register_lacks_is_listed_and_named(run, site):
    site.results(0, {"901": "Marlowshire", "999": "Newbury Vale"}, 2)
    site.provider("999", ("/file/2", "Monitoring visit", "1 June 2025"))
    result = run("--dry-run")
    assert "not in the register: Newbury Vale" in result.stderr
    assert re.search(r"Newbury Vale\s+2025-06-01\s+Monitoring", result.stdout)


@pytest.mark.parametrize("wait", ["seconds", "a time"])
def test_a_busy_server_is_left_in_peace_for_as_long_as_it_asks(run, site, wait):
    page = site.pages["/provider/44/901"]
    site.pages["/provider/44/901"] = lambda asked: (
        (
            429,
            b"",
            {"Retry-After": "7" if wait == "seconds" else formatdate(time.time() + 7, usegmt=True)},
        )
        if asked == 1
        else page
    )
    assert run("Marlowshire", "--dry-run").exit_code == 0
    assert any(4 < pause <= 7 for pause in run.pauses)


def test_a_pause_of_hours_is_not_waited_for(run, site):
    site.pages["/file/1"] = (429, b"", {"Retry-After": "7200"})
    result = run()
    assert (result.exit_code, "a pause of 120 minutes" in result.stderr) == (3, True)
    assert list(documents(run)) == [f"{site.url}/file/2"]


def test_a_connection_that_breaks_is_tried_again(run, site):
    status, body, _ = site.pages["/file/1"]
    site.pages["/file/1"] = lambda asked: (status, body, {"Cut": True} if asked == 1 else {})
    assert run("Marlowshire").exit_code == 0
    assert site.asked["/file/1"] == 2
    assert list(documents(run)) == [f"{site.url}/file/1"]


def test_a_server_that_stays_broken_costs_one_file_and_the_next_run_goes_on(run, site):
    page = site.pages["/file/1"]
    site.pages["/file/1"] = (500, b"", {})
    result = run()
    assert (result.exit_code, "the server answered 500" in result.stderr) == (3, True)
    site.pages["/file/1"] = page
    assert run().exit_code == 0
    assert len(documents(run)) == 2


def test_a_web_page_in_place_of_a_pdf_is_refused(run, site):
    site.pages["/file/1"] = (200, b"<!DOCTYPE html><p>Page not found</p>", {})
    result = run()
    assert (result.exit_code, "a web page came in place of a PDF" in result.stderr) == (3, True)
    assert list(documents(run)) == [f"{site.url}/file/2"]


def test_a_layout_that_changed_is_an_error_and_loses_nothing(run, site):
    assert run().exit_code == 0
    site.pages["/provider/44/901"] = (200, b"<div id=app>Reports</div>", {})
    result = run()
    assert result.exit_code == 3
    assert "Marlowshire: " in result.stderr
    assert "not laid out as textmine knows it" in result.stderr
    assert len(documents(run)) == 2


def test_robots_are_obeyed(run, site):
    site.pages["/robots.txt"] = (200, b"User-agent: *\nDisallow: /file/\nCrawl-delay: 4\n", {})
    result = run("Marlowshire", "Tidewick")
    assert (result.exit_code, "robots.txt" in result.stderr) == (3, True)
    assert not site.asked["/file/1"]
    assert any(3 < pause <= 4 for pause in run.pauses)


def test_a_run_that_stopped_before_reading_goes_on_with_the_files_it_has(run, site, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Library, "ingest", stop)
        assert run("Marlowshire").exit_code == 130
    assert run("Marlowshire").exit_code == 0
    assert site.asked["/file/1"] == 1
    assert len(documents(run)) == 1


def test_requests_keep_their_distance(site):
    with polite.PoliteClient(pause=0.2) as client:
        client.get(site.url + "/provider/44/901")
        client.get(site.url + "/provider/44/902")
    gaps = [b - a for a, b in zip(site.times, site.times[1:], strict=False)]
    assert min(gaps) >= 0.19


def test_an_unknown_authority(run):
    assert run("Atlantis").exit_code == 2


@pytest.mark.parametrize(
    "place", ["http://localhost:1/secret", "http://192.0.2.1/", "file:///etc/hosts"]
)
def test_no_link_and_no_redirection_leads_to_another_site(run, site, place):
    site.pages["/file/1"] = (302, b"", {"Location": place})
    done = run()
    assert done.exit_code == 3
    assert (
        "another site" in done.output or "Unsupported" in done.output or "protocol" in done.output
    )
    assert len(documents(run)) == 1


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://files.example.gov.uk/1", True),
        ("https://reports.example.gov.uk/2", True),
        ("http://files.example.gov.uk/1", False),
        ("https://example.gov.uk.evil.example/", False),
        ("https://gov.uk/", False),
        ("https://reports.example.gov.uk:8443/", False),
        ("https://127.0.0.1/", False),
        ("ftp://files.example.gov.uk/", False),
    ],
)
def test_a_site_is_its_host_and_those_beside_it(address, same):
    site = polite.httpx2.URL("https://reports.example.gov.uk/")
    assert polite._is_of(polite.httpx2.URL(address), site) is same
    assert not polite._is_of(
        polite.httpx2.URL("http://10.0.0.2/"), polite.httpx2.URL("http://10.0.0.1/")
    )
