"""A group at work: a trainer arranges an exercise, and the group's people write cards."""

from lti_tool.demo import canvas
from lti_tool.demo.browse import Browse
from lti_tool.demo.canvas import card
from lti_tool.demo.walk import visit

EXERCISE = "power-interest-map"
WRITTEN = (
    card(
        "trainee01",
        "Families who wait for a place in the afternoon care",
        "Without it one of the parents goes home at two; nobody has asked which hours would help.",
        "1",
        "5",
        "powerless",
        "for",
        "strengthen-voice",
    ),
    card(
        "trainee02",
        "Cooperativa de cuidadoras del barrio",
        "Llevan tres aulas por la tarde y podrían llevar dos más si el contrato durase todo el curso.",
        "3",
        "5",
        "with-a-say",
        "for",
        "decide-together",
    ),
    card(
        "trainee03",
        "The council's education department",
        "Pays and inspects; decides in June, when the families who need it most don't know their hours yet.",
        "5",
        "3",
        "not-affected",
        "divided",
        "decide-together",
    ),
    card(
        "trainee02",
        "Asociación de comerciantes de la plaza",
        "Cierran a las ocho y media y les faltan dependientas por la tarde.",
        "3",
        "2",
        "not-affected",
        "not-known",
        "keep-informed",
    ),
    card(
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
    """Arrange an exercise for groups as its trainer, who marks it, and let the first group write at its canvas."""
    trainer = visit(moodle, "trainer")
    canvas.open_activity(trainer, title)
    _arrange(trainer)
    canvas.write(moodle, title, WRITTEN)


def _arrange(trainer: Browse) -> None:
    trainer.submit(trainer.form_with(("marking", "by_trainer")), {"marking": "by_trainer"})
    trainer.go("arrangement")
    trainer.submit(trainer.form_with(("mode", "group")), {"mode": "group"})
