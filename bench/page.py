"""Times the page: a page of results against its use case, and pictures of pages.

    python bench/page.py --library LIBRARY [--pages 40]

A search page is everything from the request to the last byte of HTML; its use case is the search
and the facets, as `textmine.Library` gives them. A picture is timed from the request to its bytes,
drawn by a worker. Exit code 1: a median ratio is over 1.5, the median of first pictures is over
60 ms, or a picture was drawn twice. Times are of the wall clock: let nothing else run.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import textmine  # noqa: E402
from textmine.web.addresses import short  # noqa: E402
from textmine.web.app import make_app  # noqa: E402
from textmine.web.settings import Settings  # noqa: E402

QUERIES = (
    "management oversight",
    "children not being seen",
    '"personal adviser"',
    "care leavers accommodation",
    "theme:adoption polarity:concern",
    "neglect OR exploitation",
)
RATIO = 1.5
PICTURE_MS = 60.0
TIMES = 7


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def median(work: Callable[[], object], times: int = TIMES) -> float:
    work()
    return statistics.median(milliseconds(work) for _ in range(times))


def searches(client: TestClient, library: Path) -> float:
    """The median ratio of page to use case over some queries."""
    ratios = []
    with textmine.open(library, internal=True) as lib:
        for query in QUERIES:

            def ask(query: str = query) -> None:
                list(lib.search(query, limit=21))
                list(lib.facets(query))

            case = median(ask)
            page = median(lambda query=query: client.get("/", params={"q": query}))
            ratios.append(page / case)
            print(f"{case:8.1f} ms use case {page:8.1f} ms page  x{page / case:.2f}  {query}")
    return statistics.median(ratios)


def pictures(client: TestClient, library: Path, count: int) -> tuple[float, float, int]:
    """Medians of first and later pictures in ms, and how many were drawn more than once."""
    with textmine.open(library, internal=True) as lib:
        rows = [row for row in lib.documents() if row.media_type == "application/pdf"]
    rng = random.Random(1)
    chosen = [(row, rng.randint(1, row.pages)) for row in rng.sample(rows, min(count, len(rows)))]
    addresses = [f"/documents/{short(row.sha256)}/pages/{page}" for row, page in chosen]
    warm = f"/documents/{short(rows[0].sha256)}/pages/{rows[0].pages}"
    client.get(warm)
    drawn = client.app.state.services.pictures.drawn
    first = [milliseconds(lambda each=each: client.get(each)) for each in addresses]
    later = [milliseconds(lambda each=each: client.get(each)) for each in addresses]
    twice = client.app.state.services.pictures.drawn - drawn - len(set(addresses) - {warm})
    return statistics.median(first), statistics.median(later), twice


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=40)
    given = parser.parse_args()
    with TestClient(
        make_app(Settings(library=given.library)), base_url="http://localhost"
    ) as client:
        ratio = searches(client, given.library)
        first, later, twice = pictures(client, given.library, given.pages)
    print(f"search page: {ratio:.2f} times its use case (at most {RATIO})")
    print(f"picture of a page: {first:.0f} ms the first time (at most {PICTURE_MS:.0f}),", end=" ")
    print(f"{later:.1f} ms later, {twice} drawn twice")
    return int(ratio > RATIO or first > PICTURE_MS or twice > 0)


if __name__ == "__main__":
    sys.exit(main())
