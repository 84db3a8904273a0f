"""Readers beside a writer: no error, no lock, and answers that go on."""

import threading
from collections import Counter

import pytest

import textmine

ROUNDS = 6
READERS = 20


@pytest.mark.slow
def test_twenty_readers_go_on_while_files_are_read(library, make_client, tmp_path):
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(60):
        text = (
            f"Letter {number}. Visits to children are late.\n\n" + "Leaders know this well. " * 40
        )
        (folder / f"letter {number}.txt").write_text(text)
    addresses = (
        "/?q=children",
        "/?q=visits&view=kwic",
        "/api/v1/findings?limit=20",
        "/documents/1?q=children",
        "/api/v1/search?q=late+visits",
    )
    statuses: Counter[int] = Counter()
    with make_client(library, threads=8) as client:

        def read(number):
            for turn in range(ROUNDS):
                answer = client.get(addresses[(number + turn) % len(addresses)])
                statuses[answer.status_code] += 1

        readers = [threading.Thread(target=read, args=(each,)) for each in range(READERS)]
        with textmine.open(library) as lib:
            results = lib.ingest([folder])
            next(results)
            for each in readers:
                each.start()
            read_in = [each.result for each in results]
        for each in readers:
            each.join()
    assert statuses == {200: ROUNDS * READERS}
    assert set(read_in) == {"ok"}
