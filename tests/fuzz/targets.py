"""What is fuzzed: one function a door through which something comes in from outside.

Each takes any bytes and keeps one promise: it ends, and nothing leaves it but the errors that
people are told in one line. What it gives is looked at too: text that can be stored, places that
lie within their text. `drive.py` runs them under atheris, `test_regressions.py` with the inputs
that once broke the promise.
"""

import atexit
import contextlib
import functools
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2
from starlette.datastructures import FormData, QueryParams

import textmine
from corpus.assemble import assemble
from corpus.errors import DataError, DocumentError, SiteError, TextmineError, UsageError
from corpus.framework_file import read_frameworks
from corpus.framework_records import Catalogue
from corpus.frameworks import AREAS, DOCUMENTS, FRAMEWORKS, INSPECTORATES, SCALES
from corpus.model import Source
from corpus.printable import printable
from corpus.readers import read, table_reader
from corpus.register.authorities import Register
from index.query.parser import parse
from textmine.fetching.fetch import file_name
from textmine.fetching.pages import publications, result_page
from textmine.fetching.polite import PoliteClient
from textmine.ingestion import process_worker
from textmine.ingestion.manifest import read_manifest
from textmine.ingestion.reader import Reader
from textmine.interchange.codes import Codes
from textmine.interchange.formats import Reading
from textmine.interchange.refi_read import Project
from textmine.interchange.tasks import read_label_studio, read_prodigy
from textmine.pipeline import TagInput
from textmine.pipeline.rule_reader import RuleReader
from textmine.pipeline.tokens.tokenizer import SpacyTokenizer
from textmine.themes import load_themes
from textmine.usecases.interchange import import_codings
from textmine.web import json_api
from textmine.web.view import Asked

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
SECONDS = 10.0
"""Of the processor for one input; a file has 240 of them in a worker."""


@dataclass(frozen=True)
class Target:
    """A door: what takes the bytes, and which errors may leave it."""

    take: Callable[[bytes], None]
    refuses: type[TextmineError]
    longest: int = 8_192
    """Bytes of an input."""


def check(target, data):
    """Gives bytes to a target. Raises whatever breaks the promise."""
    started = time.process_time()
    try:
        target.take(data)
    except target.refuses as error:
        line = str(error)
        assert line, "the error says nothing"
        assert printable(line) == line, f"more than one printable line: {line!r}"
    took = time.process_time() - started
    assert took <= SECONDS, f"took {took:.0f} seconds"


@functools.cache
def _folder():
    made = tempfile.TemporaryDirectory(prefix="fuzz-")
    atexit.register(made.cleanup)
    return Path(made.name)


def _file(name, data):
    path = _folder() / name
    path.write_bytes(data)
    return path


@functools.cache
def _register():
    return Register.load(SAMPLES / "authorities.csv")


class _Here:
    """Reads files in this process."""

    def run(self, jobs):
        read_job = Reader(_register(), load_themes())
        for tag, job in jobs:
            yield tag, process_worker._attempt(read_job, job)

    def close(self):
        """Nothing was started."""


DIARY = (
    "Self-evaluation of Marlowshire children's services\n\nWhat do you know about the quality of"
    " practice?\n\nChildren are seen often. We had 48 care leavers in suitable homes in 2023,"
    " and 91% of visits were on time.\n"
)


@functools.cache
def _library():
    folder = _folder() / "library"
    diary = _file("diary.txt", DIARY.encode())
    reports = sorted((SAMPLES / "reports" / "9990001_marlowshire").glob("*2023.pdf"))
    with textmine.open(folder) as library:
        results = library.ingest(
            [*reports, diary], register=SAMPLES / "authorities.csv", executor=_Here()
        )
        assert [result.result for result in results] == ["ok"] * 3
    return textmine.open(folder, internal=True)


def _chosen(data, one_in):
    """Whether an input goes on to what takes longer: a few of all do, and always the same."""
    return zlib.crc32(data) % one_in == 0


# -- files ---------------------------------------------------------------------------------


def _document(data, name):
    raw = read(data, name, ocr="never")
    for page in raw.pages:
        for line in page.lines:
            line.text.encode()
    if not _chosen(data, 64):
        return
    source = Source(path=name, sha256="0" * 64, size=len(data))
    document = assemble(raw, source, register=_register(), tables=table_reader(data))
    document.text.encode()
    for place in (*document.passages, *document.sections):
        assert 0 <= place.start <= place.end <= len(document.text), place
    for field in document.fields:
        str(field.value).encode()


def pdf(data):
    _document(data if b"%PDF-" in data[:1024] else b"%PDF-1.7\n" + data, "a.pdf")


def docx(data):
    _document(data if data.startswith(b"PK\x03\x04") else b"PK\x03\x04" + data, "a.docx")


def html(data):
    _document(b"<!doctype html>" + data, "a.html")


def text(data):
    _document(data, "a.txt")


@functools.cache
def _codes():
    return Codes(load_themes())


def qdpx(data):
    project = Project(_file("a.qdpx", data), _codes())
    try:
        _import(project.texts(), project.unknown)
    finally:
        project.close()


def _import(texts, *unknown):
    """What is in the file, first alone and then against a library, which stays as it is."""
    read_texts = list(texts)
    for each in read_texts:
        each.text.encode("utf-8", "surrogatepass")
        assert all(0 <= coding.start <= coding.end for coding in each.codings)
    if not _chosen(repr(read_texts).encode("utf-8", "replace"), 64):
        return
    db = _writer()
    with contextlib.suppress(_Undone), db.transaction():
        import_codings(db, Reading(iter(read_texts), *unknown), _themes(), "me")
        raise _Undone


class _Undone(Exception):
    """Takes back what was written."""


@functools.cache
def _writer():
    return _library()._writer()


@functools.cache
def _themes():
    return tuple(theme.id for theme in load_themes())


def tasks(data):
    if data[:1] == b"[":
        _import(read_label_studio(_file("a.json", data)))
    else:
        _import(read_prodigy(_file("a.jsonl", data)))


# -- what people write themselves ----------------------------------------------------------


def themes(data):
    loaded = load_themes(_file("themes.yaml", data))
    own = loaded[len(_themes()) :]
    if own and _chosen(data, 64):
        rules = RuleReader(own, _tokenizer())
        rules.topics(
            rules.batch([TagInput("Children in care are seen by a nurse.", "ilacs", "Care")])
        )


@functools.cache
def _tokenizer():
    return SpacyTokenizer()


def manifest(data):
    for each in read_manifest(_file("manifest.csv", data)):
        each.name.encode()


def register(data):
    made = Register.load(_file("register.csv", data))
    made.find("Inspectors visited Marlowshire and Eastmere Council.")
    made.nearest("Marlow")


def frameworks(data):
    known = Catalogue(INSPECTORATES, SCALES, AREAS, FRAMEWORKS, DOCUMENTS)
    read_frameworks(_file("frameworks.toml", data), known)


def query(data):
    typed = data.decode("utf-8", "replace")
    parsed = parse(typed)
    again = parse(parsed.read_as) if len(parsed.read_as) <= 1_000 else parsed
    assert again.read_as == parsed.read_as, (parsed.read_as, again.read_as)
    if _chosen(data, 64):
        for hit in _library().search(typed, limit=5):
            assert hit.text


# -- what comes over the network -----------------------------------------------------------


class _Server:
    """A site whose every answer is the input: the header, the status and the content."""

    status, wait, content = 200, b"", b""

    def __call__(self, _):
        headers = {b"retry-after": self.wait, b"location": self.wait}
        return httpx2.Response(self.status, headers=headers, content=self.content)


@functools.cache
def _client():
    client, server = PoliteClient(pause=0, sleep=lambda _: None), _Server()
    client._http.close()
    client._http = httpx2.Client(transport=httpx2.MockTransport(server), follow_redirects=True)
    return client, server


_STATUSES = (200, 404, 503, 301, 304)


def pages(data):
    """An address, what the server says of waiting, and a page, with a line break after each."""
    typed, wait, content = (*data.split(b"\n", 2), b"", b"")[:3]
    address = typed.decode("utf-8", "replace")
    client, server = _client()
    client._robots.clear()
    server.wait, server.content = wait.strip(b"\r"), content
    server.status = _STATUSES[len(wait) % len(_STATUSES)]
    with contextlib.suppress(SiteError):
        result_page(content, address)
    with contextlib.suppress(SiteError):
        for listed in publications(content, address):
            assert file_name(listed.url).endswith(".pdf")
            client.get(listed.url)
    client.get(address)


_PATHS = tuple(json_api.ENDPOINTS)


def api(data):
    chosen = _PATHS[data[0] % len(_PATHS)] if data else _PATHS[0]
    asked = Asked(
        path={"doc": "1"},
        args=QueryParams(data[1:].decode("latin-1")),
        form=FormData(),
        settings=None,
        services=None,
        csrf="",
        url="/api/v1/search",
    )
    assert json_api._answering(chosen)(asked, _library()).status_code == 200


# -- what is done with texts ---------------------------------------------------------------


@functools.cache
def _reader():
    return Reader(_register(), load_themes())


def tagger(data):
    passage = data.decode("utf-8", "replace")
    for found, figures in _reader()._tagger.tag_all([TagInput(passage, "ilacs", "")]):
        for each in (*found, *figures):
            assert 0 <= each.start < each.end <= len(passage), each


TARGETS = {
    "pdf": Target(pdf, DocumentError),
    "docx": Target(docx, DocumentError),
    "html": Target(html, DocumentError, 2_048),
    "text": Target(text, DocumentError, 2_048),
    "qdpx": Target(qdpx, TextmineError),
    "tasks": Target(tasks, TextmineError, 4_096),
    "themes": Target(themes, DataError, 2_048),
    "manifest": Target(manifest, DataError, 2_048),
    "register": Target(register, DataError, 2_048),
    "frameworks": Target(frameworks, DataError, 2_048),
    "query": Target(query, UsageError, 256),
    "pages": Target(pages, SiteError, 2_048),
    "api": Target(api, UsageError, 256),
    "tagger": Target(tagger, TextmineError, 1_024),
}
