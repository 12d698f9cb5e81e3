"""What each function takes and answers, from Moodle 4.5.6's own descriptions, and the check of it.

`contract.json` is a part of what Moodle generates, nothing changed: the functions that a sync uses, and the copying of
courses.
"""

import json
from importlib.resources import files
from typing import Any

from lti_tool.demo.moodle.webservice.brackets import Variable
from lti_tool.demo.moodle.webservice.refusal import refuse_answer, refuse_parameters
from lti_tool.demo.moodle.webservice.types import is_of

Description = dict[str, Any]
FUNCTIONS: dict[str, Description] = json.loads((files(__package__) / "contract.json").read_text())["functions"]


def check_parameters(description: Description, value: Variable) -> Any:
    """Check parameters and fill in what may be left out; unknown keys, missing ones and other types are refused."""
    if description["kind"] == "value":
        return _check_value(description, value)
    if isinstance(value, str):
        refuse_parameters()
    if description["kind"] == "list":
        return [check_parameters(description["content"], item) for item in value.values()]
    if set(value) - set(description["keys"]):
        refuse_parameters()
    checked = {key: _check_key(part, value.get(key)) for key, part in description["keys"].items()}
    return {key: part for key, part in checked.items() if part is not MISSING}


MISSING = object()


def _check_key(description: Description, value: Variable | None) -> Any:
    if value is not None:
        return check_parameters(description, value)
    if description["required"] == "required":
        refuse_parameters()
    if description["required"] == "optional":
        return MISSING
    return description.get("default", [] if description["kind"] == "list" else {} if "keys" in description else None)


def _check_value(description: Description, value: Variable) -> Any:
    if not isinstance(value, str) or not is_of(value, description["type"]):
        kind = description["type"]
        refuse_parameters(
            f'Invalid external api parameter: the value is "{value}", the server was expecting "{kind}" type'
        )
    if description["type"] == "bool":
        return value == "1"
    return int(value) if description["type"] == "int" else value


def clean_answer(description: Description | None, value: Any, path: str = "") -> Any:
    """Keep of an answer what is described; what is missing or of another kind makes it invalid."""
    if description is None or (value is None and description.get("allownull", True)):
        return None
    if description["kind"] == "value":
        return _clean_value(description, value, path)
    if description["kind"] == "list":
        return [clean_answer(description["content"], item, f"{path}[]") for item in value]
    missing = [key for key, part in description["keys"].items() if part["required"] == "required" and key not in value]
    if missing:
        refuse_answer(f"{path}: {', '.join(missing)}")
    return {
        key: clean_answer(part, value[key], f"{path}.{key}")
        for key, part in description["keys"].items()
        if key in value
    }


def _clean_value(description: Description, value: Any, path: str) -> Any:
    if isinstance(value, dict | list):
        refuse_answer(path)
    if description["type"] == "bool":
        return bool(value)
    if description["type"] == "int" and not isinstance(value, int):
        refuse_answer(path)
    return value
