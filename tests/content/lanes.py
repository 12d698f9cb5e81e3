"""A curriculum whose only exercise has lanes, and notes with a field of each kind; as its author's files."""

from pathlib import Path

from content.load import load
from content.model import Curriculum

COURSE_TEXT = "title: A course\nsummary: What it is for.\nmodules:\n  only: {title: Only, summary: All of it.}\n"
EXERCISE_TEXT = """\
title: The way through a service
summary: What a person goes through, step by step.
safety: Write about the service, never about a real person.
instructions: Write one step on each note.
parts:
  way:
    title: The way
    help: From the left to the right, or from above.
    lanes:
      before: {title: Before, hint: "What happens before anybody is asked?"}
      at-the-door: {title: At the door}
      after: {title: After}
    fields:
      step: {label: What happens}
      feeling: {label: How it feels, options: {good: Good, bad: "Bad: somebody is lost here"}}
      actors:
        label: Who is there
        options: {user: A user, family: Family and neighbours of the person, staff: Staff}
        marks: {family: Family}
      ease: {label: Ease, minimum_label: Hard, maximum_label: Easy}
      paid: {label: Is it paid?}
      since: {label: Since}
      hours: {label: Hours, hint: In a week}
      leads-to: {label: Leads to}
checks:
  lanes: Each lane has a note.
  crowd: Two notes have a user in them.
questions:
  unpaid: A step is paid and nobody is staff. Who does it?
facilitation:
  before: In a group, **begin with the end**.
  materials: {paper: Paper}
  steps: {walk: {title: Walk, task: Go through it once.}}
  afterwards: Write it down.
sources: []
"""
FILES = {
    "curriculum/walks/course.yaml": "id: walks\nlanguages: [en]\nmodules:\n"
    "  - {id: only, activities: [exercise: service-walk]}\n",
    "curriculum/walks/en.yaml": COURSE_TEXT,
    "exercises/service-walk/exercise.yaml": """\
id: service-walk
minutes: 30
score_maximum: 10
most_notes: 40
parts:
  - id: way
    kind: lanes
    lanes: [before, at-the-door, after]
    most_in_cell: 5
    fields:
      - {id: step, kind: text, max_length: 200}
      - {id: feeling, kind: choice, options: [good, bad]}
      - {id: actors, kind: choices, options: [user, family, staff]}
      - {id: ease, kind: scale, minimum: 1, maximum: 3}
      - {id: paid, kind: yes_no}
      - {id: since, kind: date}
      - {id: hours, kind: number, maximum: 60, decimals: 1}
      - {id: leads-to, kind: pointer}
checks:
  - {id: lanes, rule: places_filled, part: way, places: lanes, at_least: 3}
  - {id: crowd, rule: notes_written, part: way, where: {chosen: {actors: [user]}}, distinct: true, at_least: 2}
questions:
  - {id: unpaid, rule: notes_written, part: way, where: {chosen: {paid: ["yes"], actors: [user, family]}}, at_least: 1}
facilitation:
  materials: [paper]
  steps: [{id: walk, minutes: 30}]
""",
    "exercises/service-walk/en.yaml": EXERCISE_TEXT,
}


def curriculum(folder: Path) -> Curriculum:
    """Write the files into a folder, and load them."""
    for file, text in FILES.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder)
