"""The themes: what findings are about, as data with examples that are tests.

A theme is an entry of a YAML file beside this module. A user's file of the same form adds to
them. The folder imports no spaCy, so that searching and counting by theme stay quick to start.
"""

from __future__ import annotations

from .loader import AREAS, fingerprint, load_themes
from .model import SETTINGS, Theme

__all__ = ["AREAS", "SETTINGS", "Theme", "fingerprint", "load_themes"]
