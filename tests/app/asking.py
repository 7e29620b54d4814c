"""The app asked without a network: its addresses called as a server would."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

starlette = pytest.importorskip("starlette", reason="the extra app is not installed")

from threatpoint.app.desk import Desk  # noqa: E402
from threatpoint.app.serve import sources  # noqa: E402
from threatpoint.app.server import application  # noqa: E402

BASE = "http://127.0.0.1"
UKRAINE = "ukraine-2025-03-31"


class App:
    """An app in this process; nothing is drawn in the background."""

    def __init__(self, situation: str = UKRAINE) -> None:
        self.desk = Desk(sources(situation), draws=0, apart=False)
        self.served = application(self.desk)

    def get(self, address: str, method: str = "GET", **more: Any) -> httpx.Response:
        """One request."""
        return self.together([address], method, **more)[0]

    def together(self, addresses: list[str], method: str = "GET", **more: Any) -> list[Any]:
        """Several requests at once."""

        async def all_of_them() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.served)
            async with httpx.AsyncClient(transport=transport, base_url=BASE, timeout=300) as user:
                asked = (user.request(method, address, **more) for address in addresses)
                return await asyncio.gather(*asked)

        return asyncio.run(all_of_them())
