"""YAML as it stands in the file: lists, keys and texts with their lines; what YAML takes a text for is only noted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from yaml.resolver import Resolver

from moodle_sync.errors import Problem
from moodle_sync.source.entries import CLEAR
from moodle_sync.text import read_text

LIST, KEYS, TEXT, NULL = "list", "keys", "str", "null"
NAMES: Final = {"bool": "a yes or no", "int": "a number", "float": "a number", "timestamp": "a date"}
STANDARD: Final = "tag:yaml.org,2002:"
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Much faster where it is there."""
RESOLVER: Final = Resolver()
DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Node:
    """A list, keys each followed by their value, or a text; a text's kind is what YAML takes it for: `str`, `int`."""

    kind: str
    line: int
    text: str = ""
    parts: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file's one list holds, as it is read, once, and what was odd about the file.

    Where the rest can't be read, a problem comes last.
    """

    name: str
    items: Iterator[Node | Problem]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way through a node, and the mistakes on it; what is wrong counts as not there."""

    name: str
    problems: list[Problem] = field(default_factory=list)

    def complain(self, node: Node, at: str, message: str) -> None:
        """Keep a mistake."""
        self.problems.append(Problem(self.name, node.line, at, message))

    def keys(self, node: Node, at: str, known: Callable[[str], bool]) -> dict[str, Node]:
        """Give what stands at the keys, null left out."""
        if node.kind != KEYS:
            self.complain(node, at, "must hold keys with their values, such as username: ana")
        seen: set[str] = set()
        found: dict[str, Node] = {}
        for key, value in zip(node.parts[::2], node.parts[1::2], strict=True) if node.kind == KEYS else ():
            wrong = _key_mistake(key, seen, known)
            if wrong:
                self.complain(key, join(at, key.text or "?"), wrong)
            elif value.kind != NULL:
                found[key.text] = value
            seen.add(key.text)
        return found

    def items(self, node: Node, at: str) -> list[Node]:
        """Give what a list holds."""
        if node.kind == LIST:
            return node.parts
        self.complain(node, at, "must be a list")
        return []

    def text(self, node: Node, at: str, also: Iterable[str] = ()) -> str:
        """Give a text as it is written; `also` names what YAML may take it for."""
        if node.kind == CLEAR and not node.text:
            return CLEAR
        wrong = _text_mistake(node, {TEXT, *also})
        if wrong:
            self.complain(node, at, wrong)
        return node.text


def read_tree(file: Path, encoding: str | None = None) -> Tree:
    """Read a file; InputRefused if it isn't text."""
    read = read_text(file, encoding)
    return Tree(file.name, _items(file.name, read.text), read.warnings)


def join(at: str, key: str) -> str:
    """Add a key to a place."""
    return f"{at}.{key}" if at else key


def _key_mistake(key: Node, seen: set[str], known: Callable[[str], bool]) -> str | None:
    if key.kind != TEXT:
        return "isn't text to YAML: put the key in quotes"
    if key.text in seen:
        return "stands here twice: keep one"
    return None if known(key.text) else "isn't known here: remove it or correct its name"


def _text_mistake(node: Node, taken: set[str]) -> str | None:
    if node.kind in (LIST, KEYS):
        return "must be a single text"
    if node.kind not in taken:
        return f'"{node.text}" is {NAMES.get(node.kind, node.kind)} to YAML: put it in quotes'
    return None if node.text else f"is an empty text: write {CLEAR} to clear it, or leave the key out"


def _items(name: str, text: str) -> Iterator[Node | Problem]:
    try:
        yield from _compose(yaml.parse(text, LOADER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        yield Problem(name, line, "", f"can't be read from here on: {error.problem}")
    except yaml.YAMLError as error:
        yield Problem(name, 0, "", f"isn't YAML: {error}")


def _compose(events: Iterable[yaml.Event]) -> Iterator[Node]:
    """Give what the top list holds, one at a time: PyYAML would keep all of a large file in memory."""
    unfinished: list[Node] = []
    for event in events:
        wrong = _event_mistake(event, len(unfinished))
        if wrong:
            raise yaml.MarkedYAMLError(problem=wrong, problem_mark=event.start_mark)  # type: ignore[arg-type]  # libyaml's
        if isinstance(event, yaml.CollectionStartEvent):
            unfinished.append(Node(LIST if isinstance(event, yaml.SequenceStartEvent) else KEYS, _line(event)))
            continue
        node = _finished(event, unfinished)
        if node and len(unfinished) == 1:
            yield node
        elif node and unfinished:
            unfinished[-1].parts.append(node)


def _event_mistake(event: yaml.Event, depth: int) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return "an alias (*) stands here, write out what it stands for"
    begins = isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
    if begins and not depth and not isinstance(event, yaml.SequenceStartEvent):
        return "this must be a list of people, with - before each"
    return "lists and keys are nested too deeply for people" if depth > DEEPEST else None


def _finished(event: yaml.Event, unfinished: list[Node]) -> Node | None:
    """Give what ends with an event."""
    if isinstance(event, yaml.ScalarEvent):
        tag = event.tag or RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]  # the stubs have no types for it
        return Node(tag.removeprefix(STANDARD), _line(event), event.value)
    return unfinished.pop() if isinstance(event, yaml.CollectionEndEvent) else None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
