"""One file: read it, and turn YAML into a shape, or say all that is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from yaml.constructor import SafeConstructor

from content.problem import ContentError, Problem
from content.shape import Shape

S = TypeVar("S", bound=Shape)

LIBYAML: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's own where it was built without."""
DEEPEST: Final = 20
STRING_TAG = "tag:yaml.org,2002:str"
ADVICE: Final = {
    "dict_type": "must hold keys with their values, one on each line",
    "extra_forbidden": "isn't known here: remove it or correct its name",
    "int_type": "must be a whole number without quotes",
    "less_than_equal": "must be at most {le}",
    "greater_than_equal": "must be at least {ge}",
    "literal_error": "must be one of {expected}",
    "missing": "is missing: add it",
    "model_attributes_type": "must hold keys with their values, one on each line",
    "model_type": "must hold keys with their values, one on each line",
    "string_pattern_mismatch": "must be small letters, digits and single hyphens: `like-this`",
    "string_too_long": "must have at most {max_length} characters: shorten it",
    "string_too_short": "is empty: write its text",
    "string_type": "must be text: write it in quotes",
    "too_long": "must have at most {max_length} in its list: take out what matters least",
    "too_short": "must have at least {min_length} in its list: add to it",
    "tuple_type": "must be a list",
    "union_tag_invalid": "has an unknown {discriminator}: choose one of {expected_tags}",
    "union_tag_not_found": "has no {discriminator}: add it",
}


class _Constructor(SafeConstructor):
    """Makes lists tuples, as nothing changes."""


def _tuple(constructor: SafeConstructor, node: yaml.SequenceNode) -> tuple[object, ...]:
    return tuple(constructor.construct_sequence(node, deep=True))


_Constructor.add_constructor("tag:yaml.org,2002:seq", _tuple)  # type: ignore[type-var]  # the stubs want a whole loader


def read(root: Path, file: str) -> str:
    """Read a file as UTF-8; ContentError says why if it can't be read."""
    try:
        return (root / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ContentError([Problem(file, "", "is missing: add this file")]) from error
    except OSError as error:
        raise ContentError([Problem(file, "", f"can't be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Problem(file, "", "isn't UTF-8: save it in that encoding")]) from error


def parse(file: str, source: str, shape: type[S]) -> S:
    """Turn a file's YAML into a shape; ContentError names every key that doesn't fit."""
    return fit(file, _construct(file, source), shape)


def fit(file: str, data: object, shape: type[S]) -> S:
    """Put what was read into a shape; ContentError names every key that doesn't fit."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise ContentError(
            Problem(file, _dotted(detail["loc"], data), _advise(detail)) for detail in details
        ) from error


def _construct(file: str, source: str) -> object:
    try:
        node = _compose(source)
        problems = [Problem(file, key, message) for key, message in _key_problems(node, "")]
        data = _Constructor().construct_document(node) if node and not problems else None
    except (yaml.YAMLError, ValueError) as error:
        raise ContentError([Problem(file, "", _explain(error))]) from error
    if problems:
        raise ContentError(problems)
    return data


def _compose(source: str) -> yaml.Node | None:
    """Compose with libyaml, which is much faster; what it refuses, PyYAML explains in the same words everywhere."""
    try:
        return _composed(source, LIBYAML)
    except yaml.YAMLError:
        return _composed(source, yaml.SafeLoader)


def _composed(source: str, loader: type[yaml.SafeLoader]) -> yaml.Node | None:
    depth = 0
    for event in yaml.parse(source, loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if problem := _refusal(event, depth):
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]  # the stubs know no libyaml
    return yaml.compose(source, loader)


def _refusal(event: yaml.Event, depth: int) -> str | None:
    """Refuse aliases and tags, so that a file reads as it stands."""
    if isinstance(event, yaml.AliasEvent):
        return "an alias (*) stands here, write the text out"
    if getattr(event, "tag", None):
        return "a tag (!) stands here, remove it or write the text in quotes"
    return "lists and keys are nested too deeply here" if depth > DEEPEST else None


def _key_problems(node: yaml.Node | None, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _key_problems(item, f"{path}[{index}]")
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for name, value in node.value:
            key = join(path, name.value if isinstance(name, yaml.ScalarNode) else "?")
            line = name.start_mark.line + 1
            if name.tag != STRING_TAG:
                yield key, f"isn't text to YAML (line {line}): write the key in quotes"
            elif key in seen:
                yield key, f"stands here again (line {line}): keep one"
            seen.add(key)
            yield from _key_problems(value, key)


def _explain(error: yaml.YAMLError | ValueError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"line {error.problem_mark.line + 1}: {error.problem}: correct the YAML there"
    if isinstance(error, yaml.YAMLError):
        return f"{error}: correct the YAML"
    return f"a date or a number can't be read, {error}: correct it, or write it in quotes if it is text"


def join(path: str, key: str) -> str:
    """Add a key to a dotted path."""
    return f"{path}.{key}" if path else key


def _dotted(location: tuple[int | str, ...], data: object) -> str:
    """Write pydantic's location as the author sees it.

    It goes without the kind or rule that chose a shape in a list, and without what a plain text is short for.
    """
    path, node, in_list = "", data, False
    for step in location:
        if isinstance(node, str):
            break
        if in_list and isinstance(node, Mapping) and step in (node.get("kind"), node.get("rule")):
            in_list = False
            continue
        in_list = isinstance(step, int)
        path = f"{path}[{step}]" if in_list else join(path, str(step))
        node = _inside(node, step)
    return path


def _inside(node: object, step: int | str) -> object:
    if isinstance(node, Mapping):
        return node.get(step)
    return node[step] if isinstance(node, tuple) and isinstance(step, int) else None


def _advise(detail: ErrorDetails) -> str:
    if detail["type"] not in ADVICE:
        return detail["msg"]
    return ADVICE[detail["type"]].format_map(detail.get("ctx", {}))
