"""Static files: style sheets, script and icon, under addresses that change with their content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

TYPES: Final = {
    "govuk-frontend.min.css": "text/css",
    "textmine.css": "text/css",
    "textmine.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


class StaticFiles:
    """The files of `static/`, read once."""

    def __init__(self) -> None:
        folder = resources.files("textmine.web").joinpath("static")
        self._files = {name: folder.joinpath(name).read_bytes() for name in TYPES}
        self.addresses: Mapping[str, str] = MappingProxyType(
            {
                name: f"/static/{name}?v={hashlib.sha256(data).hexdigest()[:12]}"
                for name, data in self._files.items()
            }
        )

    async def serve(self, request: Request) -> Response:
        """A file, which a browser may keep: another content has another address."""
        name = request.path_params["name"]
        if name not in self._files:
            return PlainTextResponse("There is no such file.\n", 404)
        keep = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(self._files[name], media_type=TYPES[name], headers=keep)
