"""Every claim that is read has an author, and decides no more than its author may."""

import ast
import inspect
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from lti_tool.lti.launch import verify
from lti_tool.lti.launch.authors import CLAIMS, MAY_DECIDE, Author, Claim, Decision
from lti_tool.lti.launch.claims import UnverifiedClaims


def read(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Name all that is read of a message."""
    for name, field in model.model_fields.items():
        inner = [one for one in (field.annotation, *get_args(field.annotation)) if isinstance(one, type)]
        models = [one for one in inner if issubclass(one, BaseModel)]
        if models:
            yield from read(models[0], f"{path}{name}.")
        else:
            yield path + name


def test_what_is_read_has_an_author_and_what_has_an_author_is_read() -> None:
    assert sorted(read(UnverifiedClaims)) == sorted(
        {"custom" if name.startswith("custom.") else name for name in CLAIMS}
    )


@pytest.mark.parametrize(("name", "claim"), CLAIMS.items())
def test_a_claim_decides_no_more_than_its_author_may(name: str, claim: Claim) -> None:
    assert claim.decides in MAY_DECIDE[claim.author], name


@pytest.mark.parametrize("author", [Author.TEACHER, Author.PERSON, Author.BROWSER])
@pytest.mark.parametrize("decision", [Decision.IDENTITY, Decision.RIGHTS, Decision.REACH])
def test_neither_a_teacher_nor_a_browser_says_who_somebody_is_or_where_something_goes(
    author: Author, decision: Decision
) -> None:
    assert decision not in MAY_DECIDE[author]


@pytest.mark.parametrize("author", [Author.PERSON, Author.BROWSER])
def test_nobody_says_of_themselves_which_group_they_are_in(author: Author) -> None:
    assert Decision.GROUP not in MAY_DECIDE[author]


def test_a_custom_parameter_is_read_if_and_only_if_it_has_an_author() -> None:
    calls = (node for node in ast.walk(ast.parse(inspect.getsource(verify))) if isinstance(node, ast.Call))
    names = {ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "custom.get"}

    assert {f"custom.{name}" for name in names} == {name for name in CLAIMS if name.startswith("custom.")}
