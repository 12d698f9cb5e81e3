"""HTTP by a proxy's kept connections, as cheaply as Python can: what it costs is taken from the server it measures."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

KEPT = 1.5
"""Seconds that an idle connection is used again; gunicorn closes it after two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, and how long it took, with the wait for a connection."""

    status: int
    body: bytes
    seconds: float

    def json(self) -> dict[str, object]:
        """Read the body."""
        read: dict[str, object] = json.loads(self.body)
        return read


@dataclass(slots=True)
class _Line:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    used_at: float


@dataclass(slots=True)
class Proxy:
    """So many connections to one server, which all browsers share."""

    port: int
    most: asyncio.Semaphore
    idle: list[_Line] = field(default_factory=list)

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: object = None) -> Answer:
        """Send one request and read the whole answer."""
        began = time.perf_counter()
        async with self.most:
            line = await self._line()
            line.writer.write(_request(method, path, headers, body))
            status, content = await _read(line.reader)
            line.used_at = time.perf_counter()
            self.idle.append(line)
        return Answer(status=status, body=content, seconds=time.perf_counter() - began)

    async def _line(self) -> _Line:
        while self.idle:
            line = self.idle.pop()
            if time.perf_counter() - line.used_at < KEPT:
                return line
            line.writer.close()
        return _Line(*await asyncio.open_connection("127.0.0.1", self.port), used_at=0.0)

    def close(self) -> None:
        """Hang up."""
        for line in self.idle:
            line.writer.close()


def _request(method: str, path: str, headers: Mapping[str, str], body: object) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    about = {**headers, "Host": "127.0.0.1", "Content-Type": "application/json", "Content-Length": str(len(content))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in about.items()), "", ""]
    return "\r\n".join(lines).encode() + content


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    length = next((line[15:] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), b"0")
    return status, await reader.readexactly(int(length))
