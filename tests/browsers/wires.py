"""WebDriver's commands over the two wires that the engines here listen on: W3C's HTTP, and Firefox's Marionette.

Marionette needs no program besides Firefox itself, and has the same commands under names of its own.
"""

import json
import socket
from collections.abc import Mapping
from typing import Any, Protocol

import requests

PATIENCE = 60
"""Seconds for one command; a page that loads on a busy machine takes its time."""
COMMANDS = {
    "NewSession": ("POST", ""),
    "DeleteSession": ("DELETE", ""),
    "Navigate": ("POST", "url"),
    "SetWindowRect": ("POST", "window/rect"),
    "GetWindowHandles": ("GET", "window/handles"),
    "SwitchToWindow": ("POST", "window"),
    "CloseWindow": ("DELETE", "window"),
    "SwitchToFrame": ("POST", "frame"),
    "ExecuteScript": ("POST", "execute/sync"),
    "ElementClick": ("POST", "element/{id}/click"),
    "ElementSendKeys": ("POST", "element/{id}/value"),
    "ElementClear": ("POST", "element/{id}/clear"),
    "TakeScreenshot": ("GET", "screenshot"),
}
"""Each command by Marionette's name, and where it is in the HTTP protocol, under the session's address."""


class CommandFailedError(Exception):
    """The browser could not do it; `kind` is one of WebDriver's errors, such as `stale element reference`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Wire(Protocol):
    """A session with one browser."""

    def send(self, command: str, given: Mapping[str, Any]) -> Any:
        """Have the browser do one thing; give what it answers."""

    def close(self) -> None:
        """End the session."""


class Http:
    """The protocol as W3C has it."""

    def __init__(self, url: str, capabilities: Mapping[str, Any]) -> None:
        self._address = f"{url}/session"
        self._line = requests.Session()
        self._line.trust_env = False
        session = self.send("NewSession", {"capabilities": {"alwaysMatch": capabilities}})
        self._address += f"/{session['sessionId']}"

    def send(self, command: str, given: Mapping[str, Any]) -> Any:
        method, path = COMMANDS[command]
        address = f"{self._address}/{path.format(**given)}".rstrip("/")
        body = json.dumps(given) if method == "POST" else None
        value = self._line.request(method, address, data=body, timeout=PATIENCE).json()["value"]
        if isinstance(value, dict) and "error" in value:
            raise CommandFailedError(value["error"], value["message"])
        return value

    def close(self) -> None:
        self.send("DeleteSession", {})
        self._line.close()


class Marionette:
    """JSON behind its length and a colon: `[0, number, command, given]` is answered `[1, number, error, answer]`."""

    def __init__(self, port: int, capabilities: Mapping[str, Any]) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._incoming = self._socket.makefile("rb")
        self._number = 0
        self._receive()  # it says what it speaks
        self.send("NewSession", capabilities)

    def send(self, command: str, given: Mapping[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, f"WebDriver:{command}", given]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, answer = self._receive()
        if error:
            raise CommandFailedError(error["error"], error["message"])
        return answer.get("value") if isinstance(answer, dict) and set(answer) == {"value"} else answer

    def close(self) -> None:
        self.send("DeleteSession", {})
        self._incoming.close()
        self._socket.close()

    def _receive(self) -> Any:
        length = b""
        while (digit := self._incoming.read(1)) != b":":
            length += digit
        return json.loads(self._incoming.read(int(length)))
