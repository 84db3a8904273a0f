"""The tools for language models, as a client meets them over standard input and output."""

import os
import sys

import pytest
from click.testing import CliRunner

pytest.importorskip("mcp", reason="needs textmine[mcp]")
import anyio
from mcp import Client, StdioServerParameters

from textmine.cli import cli

REPORT = """<html><h1>Inspection of Camden local authority children's services</h1>
<p>Inspection dates: 5 to 9 February 2024</p>
<p>Most children in care live in stable homes. Children are seen often.</p>"""
SELF = """<html><h1>Camden Council self-evaluation</h1><p>As at 31 March 2024</p>
<h2>What do we know?</h2><p>Most children in care live in stable zyxomarch homes.</p>"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mcp")
    (folder / "files").mkdir()
    (folder / "files" / "report.html").write_text(REPORT, encoding="utf-8")
    (folder / "files" / "self.html").write_text(SELF, encoding="utf-8")
    words = ["ingest", str(folder / "files"), "--library", str(folder / "library"), "--jobs", "1"]
    assert CliRunner().invoke(cli, words).exit_code == 0
    return folder / "library"


def talk(library, conversation, *options):
    """Has a conversation with a server of its own."""
    server = StdioServerParameters(
        command=sys.executable,
        args=[
            *("-c", "from textmine.cli import main; main()", "mcp"),
            *("--library", str(library), *options),
        ],
        env=dict(os.environ),
    )

    async def speak():
        async with Client(server) as client:
            return await conversation(client)

    return anyio.run(speak)


def test_five_tools_that_only_read_answer_with_citations(library):
    async def conversation(client):
        tools = (await client.list_tools()).tools
        answers = {}
        for name, arguments in (
            ("search", {"query": "stable homes"}),
            ("document", {"doc": "report.html"}),
            ("passage", {"doc": "report.html", "ordinal": 2}),
            ("judgements", {"authority": "Camden"}),
            ("changes", {}),
        ):
            answer = await client.call_tool(name, arguments)
            assert not answer.is_error, answer.content
            answers[name] = answer.structured_content
        return tools, answers

    tools, answers = talk(library, conversation)
    assert {tool.name for tool in tools} == set(answers)
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools)
    [hit] = answers["search"]["passages"]
    assert hit["authority"] == "Camden"
    assert "stable homes" in hit["text"]
    assert hit["citation"].startswith("Ofsted (2024) Camden")
    assert "Children are seen often" in answers["document"]["text"]
    assert answers["document"]["citation"]
    assert all(row["citation"] for row in answers["passage"]["passages"])
    assert all(row["citation"] for row in answers["judgements"]["judgements"])
    assert answers["changes"]["total"] == 0


def test_internal_documents_stay_out_unless_asked(library):
    async def conversation(client):
        answers = [await client.call_tool("search", {"query": "zyxomarch"})]
        for name, more in (("document", {}), ("passage", {"ordinal": 1})):
            answers.append(await client.call_tool(name, {"doc": "self.html", **more}))
        return answers

    found, *refused = talk(library, conversation)
    assert not found.structured_content["passages"]
    assert all(each.is_error for each in refused)
    assert all("stable" not in str(each.content) for each in refused)
    found, *shown = talk(library, conversation, "--internal")
    assert found.structured_content["passages"]
    assert not any(each.is_error for each in shown)


def test_errors_are_told_in_words(library):
    async def conversation(client):
        answer = await client.call_tool("document", {"doc": "none.pdf"})
        return answer.is_error, answer.content[0].text

    is_error, text = talk(library, conversation)
    assert is_error
    assert "none.pdf" in text
