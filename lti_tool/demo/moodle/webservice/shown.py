"""How texts leave a Moodle: escaped for a page, unless they are asked for raw."""

import html
from dataclasses import dataclass

from lti_tool.demo.moodle.webservice.types import MULTILANG


@dataclass(frozen=True, slots=True)
class Shown:
    """One call's choice."""

    raw: bool
    language: str = ""
    """What is chosen of a text for several languages; without the filter all are left."""

    def text(self, text: str) -> str:
        """Show a name of a category, course, section or group."""
        return text if self.raw else self.escaped(self._chosen(text))

    def _chosen(self, text: str) -> str:
        """Take the spans of languages out, and with the filter all but one of the texts."""
        texts = dict(MULTILANG.findall(text))
        if self.language and len(texts) > 1 and not MULTILANG.sub("", text):
            return str(texts.get(self.language) or next(iter(texts.values())))
        return MULTILANG.sub(r"\2", text)

    @staticmethod
    def escaped(text: str) -> str:
        """Show what is never raw."""
        return html.escape(text, quote=False)
