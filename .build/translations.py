"""Compiles the gettext catalogues, so that every installed copy speaks its languages."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface):  # type: ignore[type-arg]  # the base is generic without need
    """Writes a `.mo` beside each `.po` before anything is packed or installed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for catalogue in Path(self.root, "lti_tool", "translations").glob("*/LC_MESSAGES/*.po"):
            fresh = catalogue.with_suffix(".mo.new")
            with catalogue.open("rb") as source, fresh.open("wb") as target:
                write_mo(target, read_po(source))
            fresh.replace(catalogue.with_suffix(".mo"))  # at once: a tool that starts meanwhile reads a whole one
