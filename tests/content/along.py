"""A curriculum whose last exercise brings along what was asked in two earlier ones; as its author's files."""

from pathlib import Path

from content.load import load
from content.model import Curriculum

COURSE_TEXT = "title: A course\nsummary: What it is for.\nmodules:\n  only: {title: Only, summary: All of it.}\n"
PEOPLE_TEXT = """\
title: Who is there
summary: Who has to do with a service.
safety: Write about roles, never about a real person.
instructions: Name the service, then those who have to do with it.
parts:
  start:
    title: The service
    help: In a sentence or two.
    questions: {service: Which service do you look at?, aim: What is it for?}
  people:
    title: Actors
    help: One card for each.
    fields:
      who: {label: Who it is}
      stake: {label: What is at stake for them}
      say: {label: Have they a say?, options: {with-a-say: With a say, without: Without a say}}
checks:
  service: The service is named.
"""
NEEDS_TEXT = """\
title: What is missing
summary: What a place lacks.
safety: Write about the place.
instructions: Say which place.
parts:
  start: {title: The place, help: In a sentence., questions: {place: Which place is it?}}
checks:
  place: The place is named.
"""
PLAN_TEXT = """\
title: First steps
summary: What is to be done first.
safety: Write about the service.
instructions: Say whom you will talk to.
parts:
  start:
    title: Where it begins
    help: As short as you can.
    questions: {service: Which service do you want to change?, why: Why this one?}
  talks:
    title: Whom to talk to
    help: One card for each.
    fields:
      name: {label: With whom}
      about: {label: About what}
      say: {label: Have they a say?, options: {with-a-say: With a say, without: Without a say, open: Open}}
checks:
  service: The service is named.
"""
FILES = {
    "curriculum/steps/course.yaml": "id: steps\nlanguages: [en]\nmodules:\n"
    "  - {id: only, activities: [exercise: who-is-there, exercise: what-is-missing, exercise: first-steps]}\n",
    "curriculum/steps/en.yaml": COURSE_TEXT,
    "exercises/who-is-there/exercise.yaml": """\
id: who-is-there
minutes: 30
score_maximum: 10
parts:
  - {id: start, kind: questions, questions: [service, aim], max_length: 500}
  - id: people
    kind: cards
    fields:
      - {id: who, kind: text, max_length: 100}
      - {id: stake, kind: text, max_length: 200}
      - {id: say, kind: choice, options: [with-a-say, without]}
checks:
  - {id: service, rule: questions_answered, part: start, at_least: 1}
""",
    "exercises/who-is-there/en.yaml": PEOPLE_TEXT,
    "exercises/what-is-missing/exercise.yaml": """\
id: what-is-missing
minutes: 10
score_maximum: 10
parts:
  - {id: start, kind: questions, questions: [place], max_length: 300}
checks:
  - {id: place, rule: questions_answered, part: start, at_least: 1}
""",
    "exercises/what-is-missing/en.yaml": NEEDS_TEXT,
    "exercises/first-steps/exercise.yaml": """\
id: first-steps
minutes: 30
score_maximum: 10
most_notes: 20
parts:
  - {id: start, kind: questions, questions: [service, why], max_length: 500}
  - id: talks
    kind: cards
    most_in_cell: 15
    fields:
      - {id: name, kind: text, max_length: 100}
      - {id: about, kind: text, max_length: 200}
      - {id: say, kind: choice, options: [with-a-say, without, open]}
checks:
  - {id: service, rule: questions_answered, part: start, at_least: 1}
brings:
  - {exercise: who-is-there, part: start, cell: service, to: start, at: service}
  - {exercise: what-is-missing, part: start, to: start, at: service}
  - {exercise: who-is-there, part: people, to: talks, fields: {who: name, stake: about, say: say}}
  - {exercise: who-is-there, part: people, where: {chosen: {say: [without]}}, to: talks, fields: {who: name}}
""",
    "exercises/first-steps/en.yaml": PLAN_TEXT,
}


def curriculum(folder: Path) -> Curriculum:
    """Write the files into a folder, and load them."""
    for file, text in FILES.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder)
