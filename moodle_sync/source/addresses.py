"""E-mail addresses, as Moodle takes them: pure."""

import re
from typing import Final

WORD: Final = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL: Final = r"[a-zA-Z0-9]+(-+[a-zA-Z0-9]+)*"
ADDRESS: Final = re.compile(
    rf"(?=.{{3,100}}$)(?!.{{65,}}@){WORD}(\.{WORD})*@(?!.*[^.]{{64}})({LABEL}\.)+(?=[a-zA-Z]){LABEL}"
)
"""What PHP's FILTER_VALIDATE_EMAIL takes, by which Moodle goes, without quoted names and numbers in brackets."""


def address_mistake(text: str) -> str | None:
    """Say what is wrong with an address."""
    if ADDRESS.fullmatch(text):
        return None
    plain = _without_accents(text)
    better = "it must be like name@example.org, without accents, spaces or two dots in a row"
    return f'"{text}" isn\'t an e-mail address that Moodle takes: {f"write {plain}" if plain else better}'


def _without_accents(address: str) -> str | None:
    """Write the place in an address as the network has it, where that is all that is wrong."""
    name, _, place = address.rpartition("@")
    try:
        plain = f"{name}@{place.encode('idna').decode()}"
    except UnicodeError:
        return None
    return plain if ADDRESS.fullmatch(plain) else None
