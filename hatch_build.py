"""Puts compiled modules into a wheel where that is asked for; else it is for any platform."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledModules(BuildHookInterface):
    """Adds the libraries that `make compile` left beside the modules, and names the platform."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel is built; an editable install finds them where they are."""
        if version != "standard" or not os.environ.get("TEXTMINE_COMPILED"):
            return
        root = Path(self.root)
        folders = (root, root / "index", root / "textmine" / "pipeline")
        libraries = [
            library
            for folder in folders
            for end in ("so", "pyd")
            for library in folder.glob(f"*.{end}")
        ]
        if libraries:
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            names = (library.relative_to(root).as_posix() for library in libraries)
            build_data["force_include"] |= {name: name for name in names}
