"""A blueprint and a journal on the pages: the table of steps, and the entries by month."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from content.fields.field import Value
from tests.content import over_time
from tests.lti_tool.entering import Client, enter_course


@pytest.fixture
def trainee(sqlite_app: Flask, tmp_path: Path) -> Client:
    sqlite_app.extensions["curriculum"] = over_time.curriculum(tmp_path / "content")
    return enter_course(sqlite_app, activity="exercise/over-time")


def put(trainee: Client, part: str, cell: str, **values: Value) -> str:
    note_id = str(uuid4())
    body = {"part": part, "cell": cell, "values": values, "version": 0, "language": "en"}
    assert trainee.put(f"exercise/notes/{note_id}", json=body).status_code == 200
    return note_id


def rows_in(table: str) -> list[list[str]]:
    """Give the words of a table's cells."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, flags=re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_the_table_has_a_column_for_each_step_and_one_for_what_is_under_none(trainee: Client) -> None:
    first = put(trainee, "service", "steps", what="Asks")
    put(trainee, "service", "steps", what="Waits")
    put(trainee, "service", "seen", what="A <b>form</b>", under=first)
    put(trainee, "service", "unseen", what="A file")

    page = trainee.get("exercise").text
    [table] = re.findall(r"<table data-blueprint.*?</table>", page, flags=re.DOTALL)

    assert rows_in(table) == [
        ["Steps", "Asks", "Waits", "Under no step yet"],
        ["In sight", "A &lt;b&gt;form&lt;/b&gt;", "", ""],
        ["Out of sight", "", "", "A file"],
    ]


def test_the_table_names_the_lines_and_says_who_does_what(sqlite_app: Flask) -> None:
    trainee = enter_course(sqlite_app, activity="exercise/service-blueprint")
    asks = put(trainee, "blueprint", "steps", what="Asks")
    put(trainee, "blueprint", "backstage", what="A stamp", under=asks, who=["staff", "authority"], trouble="waits")

    [table] = re.findall(r"<table data-blueprint.*?</table>", trainee.get("exercise").text, flags=re.DOTALL)

    assert ["Line of visibility What happens behind", "A stamp Staff Authority People wait"] in rows_in(table)


def test_there_is_no_table_before_the_first_note(trainee: Client) -> None:
    assert re.search(r'<div class="blueprint"[^>]* hidden>', trainee.get("exercise").text)


def test_the_entries_are_listed_by_month(trainee: Client) -> None:
    put(trainee, "journal", "entries", entry="We began", day="2026-04-30")
    put(trainee, "journal", "entries", entry="We looked back", day="2026-05-02")
    put(trainee, "journal", "entries", entry="Some day")

    [listed] = re.findall(r"<nav class=\"months\".*?</nav>", trainee.get("exercise").text, flags=re.DOTALL)

    words = " ".join(re.sub(r"<[^>]+>", " ", listed).split())
    assert words == "May 2026 2 We looked back April 2026 30 We began Without a day Some day"


@pytest.mark.parametrize("address", ["exercise/paper", "exercise/paper?blank=1"])
def test_both_are_on_paper(trainee: Client, address: str) -> None:
    put(trainee, "journal", "entries", entry="We began", day="2026-04-30")

    page = trainee.get(address)

    assert page.status_code == 200
    assert "Out of sight" in page.text
