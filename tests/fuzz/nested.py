"""Changes to nested data: JSON, YAML and TOML in which some values are of another kind.

Where a byte is changed at random, they mostly are no JSON, YAML or TOML any more.
"""

import json
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

import yaml
from shapes import Change

_VALUES: Final = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        10**20,
        float("inf"),
        "",
        " ",
        "x",
        "\u202e",
        "1",
        "2024-99-99",
    ),
    *([], {}, [[]], [None], {"x": []}, ["x", "x"], {"": ""}, date(2024, 1, 1)),
)


@dataclass(frozen=True)
class Syntax:
    """How data is written as text, and read."""

    load: Callable[[bytes], Any]
    dump: Callable[[Any], str]

    def changed(self, data: bytes, most: int, rng: random.Random, change: Change) -> bytes:
        """The text with some values of another kind; now and then its bytes are changed."""
        if rng.random() < 0.4:
            return change(data, most)
        try:
            root = [self.load(data)]
            for _ in range(rng.choice((1, 1, 1, 2, 3))):
                _step(root, rng, change)
            text = self.dump(root[0]).encode("utf-8", "replace")
        except (ValueError, TypeError, RecursionError, yaml.YAMLError, AttributeError):
            return change(data, most)
        return text if len(text) <= most else change(data, most)


def _step(root, rng, change):
    holders = list(_holders(root))
    holder = rng.choice(holders)
    if not holder:
        return
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    key, kind = rng.choice(keys), rng.randrange(6)
    if kind == 0 and holder is not root:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[rng.choice((*_names(holders), "x", 1))] = holder.pop(key)
    elif kind == 2 and isinstance(holder, list):
        holder.append(holder[key])
    elif kind == 3 and isinstance(holder[key], str):
        text = change(holder[key].encode("utf-8", "replace"), len(holder[key]) + 32)
        holder[key] = text.decode("utf-8", "replace")
    elif kind == 4:
        other = rng.choice(holders)
        holder[key] = json.loads(json.dumps(other, default=str))  # a copy: no ring
    else:
        holder[key] = rng.choice(_VALUES)


def _holders(value):
    if isinstance(value, dict | list):
        yield value
        for each in value.values() if isinstance(value, dict) else value:
            yield from _holders(each)


def _names(holders):
    return [name for each in holders if isinstance(each, dict) for name in each]


def _as_toml(value):
    return "\n".join(f"{_quoted(name)} = {_inline(each)}" for name, each in value.items())


def _inline(value):
    if isinstance(value, dict):
        inner = ", ".join(f"{_quoted(name)} = {_inline(each)}" for name, each in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date | datetime):
        return str(value)
    return _quoted(value)


def _quoted(text):
    return json.dumps(str(text))


JSON = Syntax(json.loads, partial(json.dumps, default=str))
YAML = Syntax(
    partial(yaml.load, Loader=yaml.CSafeLoader), partial(yaml.dump, Dumper=yaml.CSafeDumper)
)
TOML = Syntax(lambda data: tomllib.loads(data.decode()), _as_toml)
