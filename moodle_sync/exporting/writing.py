"""What an export says, as the text of its files."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import yaml

from moodle_sync.exporting.courses import Content
from moodle_sync.exporting.people import Rows
from moodle_sync.settings import Access
from moodle_sync.source.formulas import defused
from moodle_sync.tables import Table

CONFIGURATION = "moodle-sync.toml"
PEOPLE = "people.csv"
CONTENT = "content"


def files(
    access: Access, tables: Iterable[tuple[str, Table]], contents: Iterable[Content], people: Rows
) -> Mapping[str, str]:
    """Write all files, by their places in the folder."""
    made = {CONFIGURATION: _configuration(access, tables), PEOPLE: _people(people)}
    for content in contents:
        folder = f"{CONTENT}/curriculum/{content.slug}"
        made[f"{folder}/course.yaml"] = _yaml(_structure(content))
        made[f"{folder}/{content.language}.yaml"] = _yaml(_text(content))
    return made


def _configuration(access: Access, tables: Iterable[tuple[str, Table]]) -> str:
    head = {
        "site": access.site,
        "new_accounts": "quiet",
        "people": PEOPLE,
        "content": CONTENT,
        "timezone": access.timezone,
        "protected": access.protected,
    }
    return "\n".join(["# Written by moodle-sync export.", *_keys(head), *_tables(tables), ""])


def _tables(tables: Iterable[tuple[str, Table]]) -> Iterator[str]:
    for name, table in tables:
        yield from ("", f"[[{name}]]", *_keys(_said(table)))


def _said(table: Table) -> Mapping[str, object]:
    """Give the keys of which a table says something."""
    fields = type(table).model_fields
    return {name: value for name, field in fields.items() if (value := getattr(table, name)) != field.default}


def _keys(keys: Mapping[str, object]) -> Iterator[str]:
    return (f"{name} = {_value(value)}" for name, value in keys.items())


def _value(value: object) -> str:
    """Write a value as TOML has it: its texts are JSON's, but for one sign."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _people(people: Rows) -> str:
    text = io.StringIO(newline="")
    header = people.header
    rows = ([defused(row.get(column, "")) for column in header] for row in people.rows.values())
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def _structure(content: Content) -> dict[str, object]:
    modules = [{"id": name} for name in content.modules]
    return {"id": content.slug, "languages": [content.language], "modules": modules}


def _text(content: Content) -> dict[str, object]:
    summary = {"summary": content.summary} if content.summary else {}
    titles = {name: {"title": title} for name, title in content.modules.items()}
    return {"title": content.title, **summary, "modules": titles}


def _yaml(said: Mapping[str, object]) -> str:
    return str(yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120))
