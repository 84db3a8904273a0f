"""A library of invented reports, the page over it, and a browser that opens it."""

import shutil
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

import textmine
from corpus.model import IngestOptions
from textmine.web.app import make_app
from textmine.web.server import make_config
from textmine.web.services.connections import PatientProtocol
from textmine.web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory):
    """The sample reports, one internal self-evaluation and one file that cannot be read."""
    path = tmp_path_factory.mktemp("page") / "library"
    claims = SAMPLES / "self_evaluations" / "eastmere annual self-assessment slides.pdf"
    with textmine.open(path) as lib:
        register = SAMPLES / "authorities.csv"
        found = [*lib.ingest([SAMPLES / "reports", SAMPLES / "broken"], register=register, jobs=2)]
        assert any(each.result == "ok" for each in found)
        inside = IngestOptions(visibility="internal")
        (kept,) = lib.ingest([claims], options=inside, register=register)
        assert kept.result == "ok"
    return path


@pytest.fixture
def library(sample_library, tmp_path):
    """A copy of the library, to be written to."""
    return Path(shutil.copytree(sample_library, tmp_path / "library"))


def client_of(folder, **more):
    """The page of a library, asked without a port."""
    settings = Settings(library=folder, register=SAMPLES / "authorities.csv", **more)
    return TestClient(make_app(settings, ready=False), base_url=BASE)


@pytest.fixture(scope="module")
def client(sample_library):
    """The page for readers: nothing is written through it."""
    with client_of(sample_library) as made:
        yield made


@pytest.fixture
def writing_client(library):
    """The page of a library of one's own."""
    with client_of(library) as made:
        yield made


@pytest.fixture(scope="session")
def make_client():
    """Makes a page with other settings: `make_client(folder, read_only=True)`."""
    return client_of


class Live:
    """A server on a free port, in a thread; `address` is where it is."""

    def __init__(self, folder, protocol=PatientProtocol, **more):
        settings = Settings(library=folder, register=SAMPLES / "authorities.csv", **more)
        self._server = uvicorn.Server(make_config(settings, protocol))
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        return self

    @property
    def connections(self):
        """How many connections it has."""
        return len(self._server.server_state.connections)

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="module")
def live(sample_library):
    """The address of a server for readers."""
    with Live(sample_library) as server:
        yield server.address


@pytest.fixture(scope="session")
def make_live():
    """Makes a server: `with make_live(folder, protocol) as server: server.address`."""
    return Live


@pytest.fixture
def live_writing(library):
    """The address of a server of a library of one's own."""
    with Live(library) as server:
        yield server.address


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window; skips where it or Playwright is not installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_page(browser):
    """Opens a page: `open_page(address, script=False, width=1280)`; what fails there fails here."""
    contexts, troubles = [], []

    def open_(address, *, script=True, width=1280, height=900):
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda said: troubles.append(said.text) if "Content Security" in said.text else None,
        )
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture(scope="session")
def axe():
    """What axe-core finds wrong on a page that is open: a line each, empty where nothing is."""

    def check(page):
        # The policy of the page forbids scripts from elsewhere: axe comes in beside it.
        page.evaluate(AXE.read_text(encoding="utf-8") + "; null")
        found = page.evaluate("async () => (await axe.run()).violations")
        return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]

    return check
