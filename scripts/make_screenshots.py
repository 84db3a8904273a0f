"""Takes the pictures of the page that README and docs show, of the invented samples alone.

    python scripts/make_screenshots.py            needs Playwright and Chromium

Pictures are PNG with few colours, in docs/pictures; `--all FOLDER` writes every page at desktop and
phone width into a folder, to be looked at.
"""

from __future__ import annotations

import argparse
import io
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import textmine
from corpus.model import IngestOptions
from textmine.web.addresses import short
from textmine.web.app import make_app
from textmine.web.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 64
DESKTOP, PHONE = (1200, 780), (360, 720)


def make_library(folder: Path) -> None:
    register = SAMPLES / "authorities.csv"
    with textmine.open(folder) as lib:
        list(lib.ingest([SAMPLES / "reports"], register=register, jobs=2))
        inside = IngestOptions(visibility="internal")
        list(lib.ingest([SAMPLES / "self_evaluations"], options=inside, register=register))


def addresses(folder: Path) -> dict[str, str]:
    """Pages by the name of their picture."""
    with textmine.open(folder, internal=True) as lib:
        rows = list(lib.documents())
        found = lib.search("children seen alone", doc_type="ilacs_inspection")
        hit = next(each for each in found if each.passage.number)
        mine = [row for row in rows if row.authority_name == hit.authority]
        report = next(row for row in rows if row.sha256 == hit.sha256)
        other = next(row for row in mine if row.doc_type == "self_evaluation")
        key = report.authority
    one, two = short(report.sha256), short(other.sha256)
    return {
        "search": "/?q=children+seen+alone",
        "document": f"/documents/{one}?theme={THEME}#page-2",
        "beside": f"/beside?left={one}&right={two}&theme=early-help",
        "review": "/review?coder=Ada",
        "start": "/",
        "kwic": "/?q=visits&view=kwic",
        "take-away": "/take-away?q=children",
        "upload": "/upload",
        "error": "/documents/999",
        "authorities": "/authorities",
        "authority": f"/authorities/{key}",
        "brief": f"/authorities/{key}/brief",
        "themes": "/themes",
        "changes": "/changes",
        "cycle": "/cycle",
        "missing": "/missing",
        "help": "/help",
        "collections": "/collections",
    }


THEME = "children-seen"

SHOWN = ("search", "document", "beside", "review")
"""Those that README and docs show."""


def take(browser: Browser, address: str, size: tuple[int, int], file: Path) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(address)
    page.wait_for_timeout(800)  # pictures of pages are loaded when they are seen
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    few: Any = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1024} KB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is needed; install it first", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary) / "samples"
        make_library(library)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            config = uvicorn.Config(
                make_app(Settings(library=library, port=port)), log_level="warning", ws="none"
            )
            server = uvicorn.Server(config)
            thread = threading.Thread(
                target=server.run, kwargs={"sockets": [listener]}, daemon=True
            )
            thread.start()
            while not server.started:
                time.sleep(0.05)
            with sync_playwright() as running:
                browser = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                for name, path in addresses(library).items():
                    address = f"http://127.0.0.1:{port}{path}"
                    if given.all:
                        given.all.mkdir(parents=True, exist_ok=True)
                        take(browser, address, DESKTOP, given.all / f"{name}.png")
                        take(browser, address, PHONE, given.all / f"{name}-phone.png")
                    elif name in SHOWN:
                        PICTURES.mkdir(parents=True, exist_ok=True)
                        take(browser, address, DESKTOP, PICTURES / f"{name}.png")
                browser.close()
            server.should_exit = True
            thread.join(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
