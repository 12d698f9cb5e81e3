"""Form variables as PHP reads them: brackets make arrays, and what is too many is dropped in silence."""

import re
from typing import TypeAlias
from urllib.parse import parse_qsl

Variables: TypeAlias = dict[str, "Variable"]
"""PHP's arrays: lists are keyed `0`, `1`, …"""
Variable: TypeAlias = str | Variables


def parse(body: str, most: int) -> Variables:
    """Read a body of form variables; past the limit nothing is read, and nothing says so.

    PHP looks at its limit when it has read one more.
    """
    variables: Variables = {}
    for name, value in parse_qsl(body, keep_blank_values=True)[: most + 1]:
        _set(variables, _path(name), value)
    return variables


def _path(name: str) -> list[str]:
    """Cut `users[0][lang]` into its keys; a bracket that isn't closed is a part of the name."""
    if "]" not in name:
        name = name.replace("[", "_", 1)
    whole = re.fullmatch(r"([^\[]*)((?:\[[^\]]*\])*).*", name, re.DOTALL)
    first, brackets = whole.groups()  # type: ignore[union-attr]  # it matches everything
    return [re.sub(r"[ .]", "_", first), *re.findall(r"\[([^\]]*)\]", brackets)]


def _set(variables: Variables, path: list[str], value: str) -> None:
    *parents, last = path
    for key in parents:
        inner = variables.setdefault(key or str(len(variables)), {})
        if isinstance(inner, str):
            inner = variables[key] = {}
        variables = inner
    variables[last or str(len(variables))] = value
