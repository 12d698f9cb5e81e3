"""The sections of courses."""

from typing import Final

from moodle_sync.things.kind import Kind

SECTIONS: Final[Kind[tuple[str, int], frozenset[tuple[str, str]]]] = Kind("section", frozenset())
"""Courses and names: a section that is called otherwise since then, or gone, is left to whoever did that.

Numbers are those of sections without a name, by course and place; they are read when they are to be named.
"""
