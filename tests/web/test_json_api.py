"""The JSON API: the rows of the command line, one error shape, paging, and no server error."""

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from textmine.cli import cli
from textmine.web.app import make_app
from textmine.web.json_api import BASE, ENDPOINTS, openapi
from textmine.web.settings import Settings

PLAIN = [each.path for each in ENDPOINTS if "{doc}" not in each.path]


@pytest.mark.parametrize("path", PLAIN)
def test_every_list_answers_in_one_shape(client, path):
    answer = client.get(f"{BASE}{path}?limit=3")
    body = answer.json()
    if answer.status_code == 400:
        assert path in {"/search", "/facets", "/kwic"}, body
        body = client.get(f"{BASE}{path}?limit=3&q=children").json()
    assert len(body["items"]) <= 3 <= body["limit"]
    assert (body["next"] is None) == (body["total"] <= 3)


@pytest.mark.parametrize("name", ["findings", "judgements", "documents", "recommendations"])
def test_rows_are_those_of_the_command_line(client, sample_library, name):
    command = ["export", name, "--format", "json", "--limit", "50"]
    run = CliRunner().invoke(cli, [*command, "--library", str(sample_library)])
    items = client.get(f"{BASE}/{name}?limit=50").json()["items"]
    assert items == json.loads(run.stdout)


def test_a_search_is_that_of_the_command_line(client, sample_library):
    command = ["search", "supervision", "--format", "json", "--limit", "5"]
    run = CliRunner().invoke(cli, [*command, "--library", str(sample_library)])
    items = client.get(f"{BASE}/search?q=supervision&limit=5").json()["items"]
    assert items == json.loads(run.stdout)


def test_pages_follow_each_other_to_the_end(client):
    address, seen = f"{BASE}/judgements?limit=7", []
    while address:
        body = client.get(address).json()
        seen += body["items"]
        address = body["next"]
    assert len(seen) == body["total"]


def test_an_answer_that_is_the_same_is_not_sent_again(client):
    first = client.get(f"{BASE}/themes")
    tag = first.headers["etag"]
    again = client.get(f"{BASE}/themes", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/findings?polarity=bad", 400),
        ("/findings?limit=0", 400),
        ("/findings?limit=1001", 400),
        ("/findings?colour=red", 400),
        ("/findings?since=yesterday", 400),
        ("/documents/999/facts", 404),
        ("/nothing", 404),
    ],
)
def test_errors_have_one_shape(client, address, status):
    answer = client.get(f"{BASE}{address}")
    assert answer.status_code == status
    assert answer.json()["error"]["status"] == status
    assert answer.json()["error"]["message"]


def test_internal_documents_are_left_out_unless_asked_for(client):
    def visibilities(more):
        items = client.get(f"{BASE}/passages?limit=1000{more}").json()["items"]
        return {each["visibility"] for each in items}

    assert visibilities("") == {"public"}
    totals = [
        client.get(f"{BASE}/passages?limit=1{more}").json()["total"]
        for more in ("", "&internal=true")
    ]
    assert totals[0] < totals[1]


def test_the_description_names_every_list(client):
    described = client.get(f"{BASE}/openapi.json").json()
    assert described == openapi()
    assert set(described["paths"]) == {each.path for each in ENDPOINTS}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_no_request_that_the_description_allows_is_a_server_error(sample_library):
    schemathesis = pytest.importorskip("schemathesis")
    conforms = pytest.importorskip("schemathesis.specs.openapi.checks").response_schema_conformance
    app = make_app(Settings(library=sample_library, names=("testserver",)), ready=False)
    schema = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", app)
    allowed = {200, 304, 400, 404}
    statuses = Counter()
    for operation in schema.get_all_operations():

        @settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
        @given(case=operation.ok().as_strategy())
        def run(case):
            answer = case.call()
            statuses[answer.status_code] += 1
            assert answer.status_code in allowed, (case.path, case.query, answer.text)
            case.validate_response(answer, checks=[conforms])

        run()
    assert statuses[200] > 50
