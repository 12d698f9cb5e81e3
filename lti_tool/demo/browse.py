"""A browser without a window: follows links, fills forms and keeps cookies, as the person it plays would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import Cookie
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.cookies import RequestsCookieJar

TIMEOUT = 30
Fields = list[tuple[str, str]]
Attributes = dict[str, str | None]


@dataclass(slots=True)
class Form:
    """A form as it stands on the page."""

    attributes: Attributes
    fields: Fields = field(default_factory=list)
    offered: Fields = field(default_factory=list)
    """Boxes that can be ticked."""
    buttons: list[str] = field(default_factory=list)
    """The ids of its buttons."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.addresses: list[str] = []
        self.named: dict[str, str] = {}
        self.token = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "form":
            self.forms.append(Form(attributes))
        elif tag == "input" and self.forms:
            self._read_input(attributes)
        elif tag == "button" and self.forms and (name := attributes.get("id")):
            self.forms[-1].buttons.append(name)
        elif tag == "textarea" and (label := attributes.get("aria-label")):
            self.named[label] = attributes.get("name") or ""
        self._read_data(attributes)

    def _read_data(self, attributes: Attributes) -> None:
        if address := attributes.get("data-address"):
            self.addresses.append(address)
        self.token = attributes.get("data-token") or self.token

    def _read_input(self, attributes: Attributes) -> None:
        name, value = attributes.get("name"), attributes.get("value") or ""
        if name:
            tickable = attributes.get("type") in ("checkbox", "radio") and "checked" not in attributes
            (self.forms[-1].offered if tickable else self.forms[-1].fields).append((name, value))


class _LoopbackCookies(RequestsCookieJar):
    """Sends secure cookies to loopback over plain http, as browsers do."""

    def set_cookie(self, cookie: Cookie, *args: Any, **kwargs: Any) -> None:
        """Keep a cookie."""
        cookie.secure = False
        super().set_cookie(cookie, *args, **kwargs)


class Browse:
    """One person's visit; `page` is what they look at."""

    def __init__(self, start: str) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies = _LoopbackCookies()
        self.page = self._session.get(start, timeout=TIMEOUT)

    def go(self, path: str) -> None:
        """Follow an address on the page, and whatever forms send themselves."""
        self._show(self._session.get(urljoin(self.page.url, path), timeout=TIMEOUT))

    def forms(self) -> list[Form]:
        """Give the page's forms."""
        return self._read().forms

    def form_with(self, field: tuple[str, str]) -> Form:
        """Find the form that holds this field, or offers it to be ticked."""
        return next(form for form in self.forms() if field in form.fields + form.offered)

    def form_of(self, button: str) -> Form:
        """Find the form of the button with this id."""
        return next(form for form in self.forms() if button in form.buttons)

    def form_of_id(self, name: str) -> Form:
        """Find the form with this id."""
        return next(form for form in self.forms() if form.attributes.get("id") == name)

    def named(self, label: str) -> str:
        """Give the name of the box with this label."""
        return self._read().named[label]

    def addresses(self) -> list[str]:
        """Give the addresses that the page's buttons open."""
        return self._read().addresses

    def token(self) -> str:
        """Give the token that the page shows; empty if there is none."""
        return self._read().token

    def submit(self, form: Form, changes: Mapping[str, str] | None = None, ticked: Fields | None = None) -> None:
        """Send a form, with some fields changed and some boxes ticked, and whatever forms send themselves then."""
        changed = changes or {}
        fields = [(name, changed.get(name, value)) for name, value in form.fields] + (ticked or [])
        self._show(self._send(form, fields))

    def _send(self, form: Form, fields: Fields) -> requests.Response:
        action = urljoin(self.page.url, form.attributes.get("action") or self.page.url)
        if (form.attributes.get("method") or "get").lower() == "get":
            return self._session.get(action, params=fields, timeout=TIMEOUT)
        here = urlsplit(self.page.url)
        headers = {"Origin": f"{here.scheme}://{here.netloc}"}
        return self._session.post(action, data=fields, headers=headers, timeout=TIMEOUT)

    def _show(self, response: requests.Response) -> None:
        response.raise_for_status()
        self.page = response
        for form in self.forms():
            if form.attributes.get("id") == "autopost" or "data-submit-at-once" in form.attributes:
                self._show(self._send(form, form.fields))
                return

    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.page.text)
        return reader
