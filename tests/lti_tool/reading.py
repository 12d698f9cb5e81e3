"""What a person reads on a page, roughly."""

import re
from html import unescape

from werkzeug.test import TestResponse


def words_in(markup: str) -> str:
    """Give the words of a piece of a page; scripts have none."""
    without_scripts = re.sub(r"<(script|template).*?</\1>", "", markup, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_scripts)).split())


def words_of(page: TestResponse) -> str:
    """Give a page's words."""
    return words_in(page.text)


def rows_of(page: TestResponse) -> list[str]:
    """Give the words of each row of a page's list."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', page.text, flags=re.DOTALL)[1:]
    return [words_in(row) for row in rows]
