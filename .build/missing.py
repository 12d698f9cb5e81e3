"""Says which texts of the catalogues in a folder have no translation yet: the file, and the English text."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po


def missing(catalogue: Path) -> Iterator[str]:
    """Give the English of each text that isn't translated whole."""
    with catalogue.open("rb") as file:
        for message in read_po(file):
            if message.id and not _is_whole(message):
                yield message.id if isinstance(message.id, str) else message.id[0]


def _is_whole(message: Message) -> bool:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(texts) and all(texts)


for path in sorted(Path(sys.argv[1]).glob("*/LC_MESSAGES/messages.po")):
    sys.stdout.writelines(f"{path}: {text}\n" for text in missing(path))
