"""Every function of the contract is there, and answers only what the contract describes."""

from typing import Any

import pytest

from lti_tool.demo.moodle.webservice.contract import FUNCTIONS, clean_answer
from lti_tool.demo.moodle.webservice.refusal import Refusal
from lti_tool.demo.moodle.webservice.registry import WORK

CREATED = FUNCTIONS["core_user_create_users"]["returns"]


def test_every_function_of_the_contract_is_there() -> None:
    assert set(WORK) == set(FUNCTIONS)


def test_what_is_not_described_is_left_out_of_an_answer() -> None:
    assert clean_answer(CREATED, [{"id": 3, "username": "ana", "password": "x"}]) == [{"id": 3, "username": "ana"}]


@pytest.mark.parametrize("answer", [[{"id": 3}], [{"id": "3", "username": "ana"}], [{"id": 3, "username": ["ana"]}]])
def test_an_answer_that_is_not_as_described_is_invalid(answer: Any) -> None:
    with pytest.raises(Refusal) as refused:
        clean_answer(CREATED, answer)

    assert refused.value.errorcode == "invalidresponse"
