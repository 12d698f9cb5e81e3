"""The texts of a part of Moodle in a language: by them one sees whether the part, or the language, is there."""

from typing import Any

from lti_tool.demo.moodle.webservice.registry import Call, function
from lti_tool.demo.moodle.webservice.types import is_of


@function("core_get_component_strings")
def get_component_strings(call: Call) -> Any:
    """Tell one text of what is there, and nothing of what isn't; a language that isn't there is refused before."""
    kind, _, name = call.given["component"].partition("_")
    there = kind == "langconfig" or (kind == "auth" and is_of(name, "auth"))
    return [{"stringid": "thislanguage", "string": call.given["lang"] or "en"}] if there else []
