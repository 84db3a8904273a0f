"""The shipped vocabulary of searches: other forms and names, everyday words, phrases of themes.

`everyday.yaml` is for people to read and to mend; with the themes it is compiled into
`compiled.json` (`make docs`), which a search reads in no time.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from index.query.vocabulary import Vocabulary


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary as it was compiled."""
    data = json.loads(resources.files(__package__).joinpath("compiled.json").read_bytes())
    names = tuple((tuple(names), tuple(meant)) for names, meant in data["names"])
    return Vocabulary(names, data["meanings"], data["sayings"])
