"""Every code block of README and docs runs, and prints what is printed below it.

    console   commands after `$ `; output that is printed below one is compared, `...` is anything
    sh        commands, one a line, that must succeed
    python    a program; the blocks of a page share their names
    toml json yaml    data that must be well-formed
    text      an output or a drawing: not run

`<!-- file: NAME -->` above a block of data writes it to a file for the commands that follow, and
`<!-- not run: REASON -->` leaves a block out. Sybil finds the blocks. Commands of textmine run in
this process, others in a shell.
"""

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from sybil import Region, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from textmine.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    page
    for page in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    if "```" in page.read_text(encoding="utf-8") and page.name != "tutorial.md"
]
WIDTH = "80"
SCREEN = 40
FENCE = RawFencedCodeBlockLexer(re.compile(r"(?P<language>[^\n]*)\n"))
COMMENT = re.compile(r"<!-- (not run|file): (.+?) -->\n\Z")
SHELL = re.compile(r"[|&;<>$`]|^(?!textmine )")
MAY_BE_LEFT_OUT = 13
LEFT_OUT = re.compile(r"^<!-- not run: (.+?) -->$", re.MULTILINE)
DATA = {"toml": tomllib.loads, "json": json.loads, "yaml": yaml.safe_load, "text": str}
SHIM = '#!/bin/sh\nexec "{}" -c "from textmine.cli import main; main()" "$@"\n'


def in_shell(command, folder, tree=ROOT):
    """What a command prints in a shell, in the order in which a terminal shows it."""
    shims = folder / ".bin"
    if not shims.exists():
        shims.mkdir()
        (shims / "textmine").write_text(SHIM.format(sys.executable), encoding="utf-8")
        (shims / "textmine").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(shims), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(tree),
        "PYTHONUNBUFFERED": "1",
        "HOME": str(folder),
        "COLUMNS": WIDTH,
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def in_process(command, folder):
    """What a command of textmine prints."""
    if SHELL.search(command.partition("  #")[0]):
        return in_shell(command, folder)
    arguments = shlex.split(command, comments=True)[1:]
    result = CliRunner().invoke(cli, arguments, env={"COLUMNS": WIDTH})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def commands(language, source):
    """The commands of a block, each with the output that is printed below it."""
    if language == "sh":
        lines = source.replace("\\\n", " ").splitlines()
        yield from ((line, "") for line in lines if line.partition("#")[0].strip())
    else:
        for part in re.split(r"^\$ ", source, flags=re.MULTILINE)[1:]:
            command, _, output = re.sub(r"\\\n> *", "", part).partition("\n")
            yield command, output


def understood(arguments):
    """Parses a command of textmine; what does not exist is a usage error."""
    name, *options = arguments
    with cli.make_context("textmine", list(arguments)) as above:
        # As below the group: click remembers the help option of the first context.
        cli.get_command(above, name).make_context(name, options, parent=above)


def compare(wanted, got):
    """How an output differs from the printed one, if it does; spaces at line ends do not count."""
    wanted, got = (
        "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"
        for text in (wanted, got)
    )
    if doctest.OutputChecker().check_output(wanted, got, doctest.ELLIPSIS):
        return None
    return f"printed:\n{wanted}\nin truth:\n{got}"


class Blocks:
    """A Sybil parser of all blocks of a page but those left out, and what runs them."""

    def __init__(self, run):
        self._run = run
        self._python = PythonEvaluator()

    def __call__(self, document):
        for region in FENCE(document):
            note = COMMENT.search(document.text[: region.start])
            kind, text = note.groups() if note else ("", "")
            parsed = (region.lexemes["language"], region.lexemes["source"], text)
            evaluate = self._understand if kind == "not run" else self._evaluate
            yield Region(region.start, region.end, parsed, evaluate)

    def _evaluate(self, example):
        language, source, file = example.parsed
        if language in {"console", "sh"}:
            return self._commands(language, source)
        if language == "python":
            example.parsed = source
            return self._python(example)
        if language not in DATA:
            return f"{language!r} is no language of a block"
        DATA[language](source)
        if file:
            Path(file).write_text(source, encoding="utf-8")
        return None

    def _understand(self, example):
        """Of commands that are not run, those of textmine have to exist, with their options."""
        language, source, _ = example.parsed
        for command, _ in commands(language, source):
            program, *arguments = shlex.split(command, comments=True)
            if program == "textmine":
                understood(arguments)

    def _commands(self, language, source):
        for command, printed in commands(language, source):
            code, got = self._run(command, Path.cwd())
            if code:
                return f"{command}\nends with exit code {code}:\n{got}"
            if printed.strip() and (difference := compare(printed, got)):
                return f"{command}\n{difference}"
        return None


def copy_of_the_tree(folder):
    """What git has of this tree, as a clone would hold it."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def run_page(page, run=in_process):
    for example in Sybil([Blocks(run)]).parse(page).examples():
        example.evaluate()


@pytest.fixture
def folder(sample_library, tmp_path, monkeypatch):
    """Where the commands of a page run: a library, the samples, and a folder of reports."""
    shutil.copytree(sample_library, tmp_path / "library")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "letter.txt").write_text("Children are seen too rarely.")
    monkeypatch.delenv("TEXTMINE_LIBRARY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
@pytest.mark.usefixtures("reads_here", "folder")
def test_the_blocks_of_a_page_run(page):
    run_page(page)


@pytest.mark.slow
def test_a_fresh_clone_gives_what_the_tutorial_prints(tmp_path, monkeypatch):
    """`make demo` is played by its recipe, since an environment is there; it ends on one screen."""
    monkeypatch.chdir(copy_of_the_tree(tmp_path / "clone"))
    monkeypatch.delenv("TEXTMINE_CONFIG")
    recipe = re.search(r"\ndemo:.*\n\t\$\(PY\) (scripts/\S+)", Path("Makefile").read_text())[1]
    exports = []

    def run(command, folder):
        if command.startswith("export "):
            exports.append(command)
        played = command.replace("make demo", f"{shlex.quote(sys.executable)} {recipe}")
        code, output = in_shell("\n".join([*exports, played]), folder, tree=folder)
        assert command != "make demo" or len(output.splitlines()) <= SCREEN
        return code, output

    run_page(Path("docs/tutorial.md").absolute(), run)


def test_few_blocks_are_left_out():
    """Raise the number only for what truly cannot run here."""
    reasons = [why for page in PAGES for why in LEFT_OUT.findall(page.read_text("utf-8"))]
    assert len(reasons) <= MAY_BE_LEFT_OUT, reasons


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_are_in_blocks_that_run(page):
    assert not re.findall(
        r"^(?: {4}|\t)(?:\$ )?(?:textmine|pip|make|curl) .*", page.read_text("utf-8"), re.MULTILINE
    )
