"""What groups hand in and what trainers say of it, each at another stage; the places and people are invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.model import Exercise
from lti_tool.demo.canvas import Note, card, service


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a trainer says of a group's work."""

    text: str
    comments: Mapping[str, str] = field(default_factory=dict)
    """By the notes' first words."""
    levels: Mapping[str, str] = field(default_factory=dict)
    """By the rubric's criteria."""
    outcome: str = "done"
    mark: str = ""
    trainer: str = "trainer"
    is_released: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one of the group answers to a comment."""

    author: str
    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A group's work, and how far its answer is."""

    group: str
    """Its name in Moodle."""
    notes: Sequence[Note]
    said: Said | None = None
    reply: Reply | None = None
    then: Sequence[Note] = ()
    """What is written after that, and handed in again."""


WAITS = Round(
    group="Group B",
    notes=(
        service(
            "trainee07",
            "The square behind the covered market: a place to sit and meet for those who live around it.",
        ),
        card(
            "trainee07",
            "Older women who come to the square every morning",
            "They need shade, and benches with a back; nobody has asked them where.",
            "1",
            "5",
            "powerless",
            "for",
            "strengthen-voice",
        ),
        card(
            "trainee08",
            "Comerciantes del mercado",
            "Quieren conservar el aparcamiento: sin él temen perder clientela.",
            "3",
            "4",
            "not-affected",
            "against",
            "negotiate",
        ),
    ),
)
DRAFTED = Round(
    group="Group C",
    notes=(
        service(
            "trainee13",
            "Help with applying for the minimum vital income: somebody goes through the form with people.",
        ),
        card(
            "trainee13",
            "People who gave up the application halfway",
            "The form asks for a rental contract that they can't get.",
            "1",
            "5",
            "powerless",
            "not-known",
            "strengthen-voice",
        ),
        card(
            "trainee14",
            "Oficina municipal que recibe las solicitudes",
            "Decide qué papeles valen, y tiene tres semanas de espera.",
            "4",
            "3",
            "not-affected",
            "divided",
            "decide-together",
        ),
    ),
    said=Said(
        text="You show well who decides which papers count. What I still miss:",
        comments={
            "People who gave up the application halfway": (
                "How do you know why they gave up? Who could ask them, without their having to come to the office?"
            )
        },
        is_released=False,
    ),
)
GIVEN_BACK = Round(
    group="Group D",
    notes=(
        service(
            "trainee19",
            "A repair workshop in the old fire station, where people mend together what they would throw away.",
        ),
        card(
            "trainee19",
            "The neighbourhood",
            "Less waste, and things that last longer.",
            "2",
            "3",
            "with-a-say",
            "for",
            "keep-informed",
        ),
        card(
            "trainee20",
            "Empresa que recoge los residuos",
            "Cobra por cada tonelada que recoge.",
            "4",
            "2",
            "not-affected",
            "not-known",
            "watch",
        ),
    ),
    said=Said(
        text=(
            "A good beginning: the repair workshop touches both. Please make the cards more precise where I ask, and "
            "add whoever has no say today."
        ),
        comments={
            "The neighbourhood": (
                "These are many people at once. Who brings things to be repaired, and who would repair them?"
            ),
            "Empresa que recoge los residuos": (
                "If it is paid by the tonne, what does it lose when things are repaired? How could you find out where "
                "it stands?"
            ),
        },
        levels={"actors": "not-yet", "positions": "partly"},
        outcome="revise",
    ),
    reply=Reply(
        author="trainee20",
        number=2,
        text="El sábado hablaremos con quien lleva ese contrato en el ayuntamiento y se lo preguntaremos.",
    ),
)
AGAIN = Round(
    group="Group E",
    notes=(
        service(
            "trainee25",
            "Time vouchers for care among neighbours, which can be spent in the shops of the quarter.",
        ),
        card(
            "trainee25",
            "Shops that take the time vouchers",
            "They can't pay their suppliers with them.",
            "4",
            "3",
            "not-affected",
            "divided",
            "decide-together",
        ),
    ),
    said=Said(
        text="One side of the exchange is here. Please add the other, and hand it in again.",
        comments={
            "Shops that take the time vouchers": (
                "And those who earn the vouchers: what can they buy with them, and who decides it?"
            )
        },
        outcome="revise",
    ),
    then=(
        card(
            "trainee25",
            "People who earn vouchers by caring for a neighbour",
            "They would like to pay the bus with them; nobody has asked them.",
            "1",
            "5",
            "powerless",
            "for",
            "strengthen-voice",
        ),
    ),
)
WITHOUT_A_MARK = Round(
    group="Group G",
    notes=(
        service(
            "trainee31",
            "The park beside the school: those who use it decide with the council when it is open.",
        ),
        card(
            "trainee31",
            "Grandparents who look after children in the park",
            "A fountain with drinking water, and a gate that closes; they are there every day.",
            "2",
            "5",
            "with-a-say",
            "for",
            "decide-together",
        ),
        card(
            "trainee32",
            "Jóvenes que juegan al fútbol en la plaza",
            "Si la plaza se cierra por la tarde, no tienen otro sitio.",
            "1",
            "5",
            "powerless",
            "against",
            "strengthen-voice",
        ),
    ),
    said=Said(
        text=(
            "This is done: take the map along to your first conversation. I give no number; what counts now is whom "
            "you ask."
        )
    ),
)


def of(exercise: Exercise) -> Sequence[Round]:
    """Give the groups in their order; one did what the exercise's worked example shows."""
    return (WAITS, DRAFTED, GIVEN_BACK, AGAIN, _marked(exercise), WITHOUT_A_MARK)


def _marked(exercise: Exercise) -> Round:
    said = Said(
        text=(
            "Se ve quién decide y quién carga con las consecuencias. Antes de proponer los dos puestos con voto, "
            "preguntad a quienes los ocuparían."
        ),
        levels={"actors": "well", "positions": "well", "say": "partly", "conversation": "well"},
        mark="85",
        trainer="trainer2",
    )
    return Round(group="Group F", notes=_worked(exercise, "trainee26", "es"), said=said)


def _worked(exercise: Exercise, author: str, language: str) -> Sequence[Note]:
    """Let somebody write what the worked example says."""
    example = exercise.example
    told = example.told(example.texts[language]) if example else ()
    return [Note(author, one.part, one.cell, {name: str(value) for name, value in one.values.items()}) for one in told]
