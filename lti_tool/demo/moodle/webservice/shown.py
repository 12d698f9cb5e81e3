"""How texts leave a Moodle: escaped for a page, unless they are asked for raw."""

import html
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """One call's choice."""

    raw: bool

    def text(self, text: str) -> str:
        """Show a name of a category, course, section or group."""
        return text if self.raw else self.escaped(text)

    @staticmethod
    def escaped(text: str) -> str:
        """Show what is never raw."""
        return html.escape(text, quote=False)
