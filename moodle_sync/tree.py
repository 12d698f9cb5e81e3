"""YAML as it stands in the file: lists, keys and texts with their lines, without guesses about what a text means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import yaml

from moodle_sync.errors import InputRefused, Problem
from moodle_sync.source import CLEAR
from moodle_sync.text import read_text

Keys: TypeAlias = dict[str, yaml.Node]
STANDARD: Final = "tag:yaml.org,2002:"
TEXT, NULL = "str", "null"
NAMES: Final = {
    "bool": "a yes or no",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
}
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Much faster where it is there."""
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's one node, None where it is empty, and what was odd about the file."""

    name: str
    root: yaml.Node | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way through a tree, and the mistakes on it; what is wrong counts as not there."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: yaml.Node, at: str, message: str) -> None:
        """Keep a mistake."""
        self.problems.append(Problem(self.name, line(node), at, message))

    def keys(self, node: yaml.Node, at: str, known: Callable[[str], bool]) -> Keys:
        """Give what stands at the keys, null left out."""
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, at, "must hold keys with their values, such as username: ana")
            return {}
        found: Keys = {}
        for key, value in node.value:
            name = self._key(key, at, known)
            if name in found:
                self.complain(key, join(at, name), "stands here twice: keep one")
            elif name and tag(value) != NULL:
                found[name] = value
        return found

    def _key(self, key: yaml.Node, at: str, known: Callable[[str], bool]) -> str:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if tag(key) != TEXT:
            self.complain(key, join(at, name), "isn't text to YAML: put the key in quotes")
        elif known(name):
            return str(name)
        else:
            self.complain(key, join(at, name), "isn't known here: remove it or correct its name")
        return ""

    def items(self, node: yaml.Node, at: str) -> list[yaml.Node]:
        """Give what a list holds."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.complain(node, at, "must be a list")
        return []

    def text(self, node: yaml.Node, at: str, also: Iterable[str] = ()) -> str:
        """Give a text as it is written; `also` names what YAML may take it for."""
        if tag(node) == CLEAR and not node.value:
            return CLEAR
        wrong = _text_mistake(node, {TEXT, *also})
        if wrong:
            self.complain(node, at, wrong)
        return node.value if isinstance(node, yaml.ScalarNode) else ""


def read_tree(file: Path) -> Tree:
    """Read a file; InputRefused if it isn't YAML."""
    read = read_text(file)
    try:
        wrong = _depth_problem(file.name, read.text)
        root = None if wrong else yaml.compose(read.text, LOADER)
    except yaml.YAMLError as error:
        raise InputRefused([_syntax_problem(file.name, error)]) from error
    if wrong:
        raise InputRefused([wrong])
    return Tree(file.name, root, read.warnings)


def _depth_problem(name: str, text: str) -> Problem | None:
    """Look for what is nested more deeply than a list of people can be: composing it could break the program."""
    depth = 0
    for event in yaml.parse(text, LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            at = event.start_mark.line + 1 if event.start_mark else 0
            return Problem(name, at, "", "is nested too deeply: write it as a list of people")
    return None


def _syntax_problem(name: str, error: yaml.YAMLError) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return Problem(name, error.problem_mark.line + 1, "", f"isn't YAML here ({error.problem}): correct it")
    return Problem(name, 0, "", f"isn't YAML ({error}): correct it")


def line(node: yaml.Node) -> int:
    """Give the line that something begins on."""
    return node.start_mark.line + 1


def tag(node: yaml.Node) -> str:
    """Name what YAML takes something for: `str`, `int`, `null`, or a tag that somebody wrote."""
    return node.tag.removeprefix(STANDARD)


def join(at: str, key: str) -> str:
    """Add a key to a place."""
    return f"{at}.{key}" if at else key


def _text_mistake(node: yaml.Node, taken: set[str]) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return "must be a single text"
    kind = tag(node)
    if kind not in taken:
        return f'"{node.value}" is {NAMES.get(kind, f"{kind} ")} to YAML: put it in quotes'
    return None if node.value else f"is an empty text: write {CLEAR} to clear it, or leave the key out"
