"""How texts leave a Moodle: escaped for a page, unless they are asked for raw."""

import html
from dataclasses import dataclass

from lti_tool.demo.moodle.languages import in_language, without_languages


@dataclass(frozen=True, slots=True)
class Shown:
    """One call's choice."""

    raw: bool
    language: str = ""
    """What is chosen of a text for several languages; without the filter all are left."""

    def text(self, text: str) -> str:
        """Show a name of a category, course, section or group."""
        return (
            text
            if self.raw
            else self.escaped(in_language(text, self.language) if self.language else without_languages(text))
        )

    @staticmethod
    def escaped(text: str) -> str:
        """Show what is never raw."""
        return html.escape(text, quote=False)
