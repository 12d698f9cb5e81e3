"""A group at work, played through the pages: a trainer arranges an exercise, and the group's people write cards."""

import re
from typing import NamedTuple

from lti_tool.demo.browse import Browse, Fields
from lti_tool.demo.walk import visit

EXERCISE = "power-interest-map"
CARDS = "part=actors&cell=cards"


class Card(NamedTuple):
    """What somebody knows of an actor; the place is invented, and so is everybody in it."""

    author: str
    actor: str
    stake: str
    power: str
    interest: str
    affected: str
    stance: str
    strategy: str

    @property
    def fields(self) -> Fields:
        """Give the card as its form sends it."""
        return [(name, value) for name, value in self._asdict().items() if name != "author"]


WRITTEN = (
    Card(
        "trainee01",
        "Families who wait for a place in the afternoon care",
        "Without it one of the parents goes home at two; nobody has asked which hours would help.",
        "1",
        "5",
        "powerless",
        "for",
        "strengthen-voice",
    ),
    Card(
        "trainee02",
        "Cooperativa de cuidadoras del barrio",
        "Llevan tres aulas por la tarde y podrían llevar dos más si el contrato durase todo el curso.",
        "3",
        "5",
        "with-a-say",
        "for",
        "decide-together",
    ),
    Card(
        "trainee03",
        "The council's education department",
        "Pays and inspects; decides in June, when the families who need it most don't know their hours yet.",
        "5",
        "3",
        "not-affected",
        "divided",
        "decide-together",
    ),
    Card(
        "trainee02",
        "Asociación de comerciantes de la plaza",
        "Cierran a las ocho y media y les faltan dependientas por la tarde.",
        "3",
        "2",
        "not-affected",
        "not-known",
        "keep-informed",
    ),
    Card(
        "trainee04",
        "The school's caretaker",
        "Holds the keys, and stays until six although only five are paid.",
        "2",
        "4",
        "with-a-say",
        "for",
        "strengthen-voice",
    ),
)


def put_to_work(moodle: str, title: str) -> None:
    """Arrange an exercise for groups as its trainer, and let the first group's people write at their canvas."""
    _arrange(visit(moodle, "trainer"), title)
    for card in WRITTEN:
        _write(visit(moodle, card.author), title, card)


def _arrange(trainer: Browse, title: str) -> None:
    _open(trainer, title)
    trainer.go("arrangement")
    trainer.submit(trainer.form_with(("mode", "group")), {"mode": "group"})


def _write(trainee: Browse, title: str, card: Card) -> None:
    """Write a card without script: the form that hands in says which canvas the page shows."""
    _open(trainee, title)
    [action] = [form.attributes["action"] for form in trainee.forms() if form.attributes.get("id") == "hand-in"]
    trainee.go(f"{str(action).replace('/submissions', '/notes/new')}&{CARDS}")
    form = trainee.form_with(("note.part", "actors"))
    there = {name for name, _ in form.fields}
    written = [(name, value) for name, value in card.fields if name not in there]
    trainee.submit(form, dict(card.fields), ticked=written)


def _open(person: Browse, title: str) -> None:
    """Open an activity on the course's page, in its own window."""
    [module] = re.findall(rf'/mod/lti/view\.php\?id=(\d+)"[^>]*>\s*{re.escape(title)}', person.page.text)
    person.go(f"/mod/lti/launch.php?id={module}")
