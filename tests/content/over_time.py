"""A curriculum with a service blueprint and a journal; as its author's files."""

from pathlib import Path

from content.load import load
from content.model import Curriculum

COURSE_TEXT = "title: A course\nsummary: What it is for.\nmodules:\n  only: {title: Only, summary: All of it.}\n"
STRUCTURE, TEXT = "exercises/over-time/exercise.yaml", "exercises/over-time/en.yaml"
FILES = {
    "curriculum/walks/course.yaml": "id: walks\nlanguages: [en]\nmodules:\n"
    "  - {id: only, activities: [exercise: over-time]}\n",
    "curriculum/walks/en.yaml": COURSE_TEXT,
    STRUCTURE: """\
id: over-time
minutes: 30
score_maximum: 10
parts:
  - id: service
    kind: blueprint
    rows: [steps, seen, unseen]
    step: under
    fields:
      - {id: what, kind: text, max_length: 200}
      - {id: under, kind: pointer}
  - id: journal
    kind: entries
    dated: day
    fields:
      - {id: entry, kind: text, max_length: 500}
      - {id: day, kind: date}
checks:
  - {id: rows, rule: places_filled, part: service, places: rows, at_least: 3}
  - {id: entries, rule: notes_written, part: journal, at_least: 2}
""",
    TEXT: """\
title: Over time
summary: A service, and what becomes of it.
safety: Write about the service, never about a real person.
instructions: Begin with the steps.
parts:
  service:
    title: The service
    help: Add a step.
    rows:
      steps: {title: Steps, hint: What a person does}
      seen: {title: In sight}
      unseen: {title: Out of sight}
    fields:
      what: {label: What happens}
      under: {label: Under the step}
  journal:
    title: The journal
    help: Add an entry.
    fields:
      entry: {label: What happened}
      day: {label: Day}
checks:
  rows: Each row has a note.
  entries: Two entries are written.
""",
}


def curriculum(folder: Path) -> Curriculum:
    """Write the files into a folder, and load them."""
    for file, text in FILES.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder)
