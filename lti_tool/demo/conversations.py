"""What people write to each other in the community, each thread at another stage; places and people are invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lti_tool.demo.canvas import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody writes, in their own language."""

    author: str
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Words):
    """Help for a need."""

    available: str
    is_accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread(Words):
    """A post, and what became of it."""

    kind: str
    title: str
    details: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    territory: str = ""
    summary: str = ""
    """In English."""
    is_nameless: bool = False
    offers: Sequence[Offer] = ()
    replies: Sequence[Words] = ()
    is_answered: bool = False
    """Whether the first reply is the one that helped."""
    outcome: str = ""
    meeting: str = ""
    """What is planned about it: the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin(Thread):
    """A post that asks the same as another, into which a trainer merges it."""

    other: str
    """The title of that one."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown(Thread):
    """A post that somebody brings from a note on their own canvas."""

    exercise: str
    note: Note


THREADS = (
    Thread(
        author="trainee01",
        language="en",
        kind="experience",
        title="A time bank for those without a smartphone",
        text=(
            "For a year our time bank had an app, and mostly people under forty. Then we put a board with cards into "
            "the library: *I offer* on one side, *I look for* on the other, and a volunteer who telephones twice a "
            "week.\n\nAfter three months half of all hours went through the board. What we did not expect: people "
            "came for the board and stayed for the conversation."
        ),
        details={"change": "Ask the library first how many hours a week it can lend a table, and put it in writing."},
        tags=("complementary-currencies",),
        replies=(
            Words(
                author="trainee06",
                language="fr",
                text="Chez nous, le tableau est chez le boulanger. Qui appelle les gens, et qui paie le téléphone ?",
            ),
        ),
    ),
    Thread(
        author="trainee03",
        language="pt",
        kind="tool",
        title="Uma folha para combinar quem abre e quem fecha",
        text=(
            "Quando várias associações partilham uma sala, as chaves são o primeiro conflito. Esta folha de uma página "
            "faz três perguntas: quem abre, quem fecha, e a quem se telefona se ninguém aparecer."
        ),
        details={
            "how": "Imprimir, preencher em conjunto em vinte minutos, e colar ao lado da porta.",
            "link": "https://example.org/folha-das-chaves",
        },
        tags=("public-spaces",),
        territory="portugal",
        summary="One page on which groups that share a room agree on who opens, who closes, and whom to ring.",
    ),
    Thread(
        author="trainee06",
        language="fr",
        kind="doubt",
        title="Peut-on décider par consentement quand la mairie est à table ?",
        text=(
            "Dans notre cercle, une personne de la mairie dit qu’elle doit toujours demander à sa hiérarchie. Les "
            "autres attendent, puis décrochent. Est-ce encore du consentement ?"
        ),
        details={"tried": "Envoyer la proposition une semaine avant, pour qu’elle puisse demander."},
        tags=("consent",),
        summary="Is it still consent when the council's person must always ask somebody who isn't in the room?",
        replies=(
            Words(
                author="trainee02",
                language="es",
                text=(
                    "A nosotras nos ayudó acordar antes **qué puede decidir** esa persona sin preguntar. Lo escribimos "
                    "en cuatro líneas, y lo demás lo llevamos como propuesta aparte."
                ),
            ),
            Words(
                author="trainer",
                language="en",
                text="The exercise on consent asks that first: what may the circle decide, and who says so?",
            ),
        ),
        is_answered=True,
    ),
    Thread(
        author="trainee07",
        language="en",
        kind="need",
        title="Somebody who has agreed with a council on shared opening hours",
        text="The school yard is locked at five. We want it open until eight, and the council asks who is liable.",
        details={"what_for": "A draft that the council's lawyer can say yes to.", "tried": "Two letters, one visit."},
        tags=("public-spaces", "power-interest-map"),
        offers=(
            Offer(
                author="trainee03",
                language="pt",
                text="Temos um acordo assinado com a junta para um pátio. Posso enviar o texto e contar como correu.",
                available="Às quartas, depois das seis",
                is_accepted=True,
            ),
        ),
        outcome=(
            "We took the Portuguese agreement as our draft. The council changed one paragraph, and the yard is open "
            "until eight on three days, for a term, to see how it goes."
        ),
    ),
    Thread(
        author="trainee05",
        language="ar",
        kind="need",
        title="نبحث عمّن جرّب مكافأة فرز النفايات",
        text=(
            "نريد أن نبدأ بفرز النفايات العضوية في شارع واحد من ثلاثين بيتًا، وأن نكافئ من يفرز بقسائم من دكان الحي.\n\n"
            "كيف نحسب قيمة القسيمة؟ ومن يتحقق من الوزن من دون أن يشعر الناس بأنهم مراقَبون؟"
        ),
        details={"what_for": "تجربة لثلاثة أشهر قبل أن نكلّم البلدية."},
        tags=("circular-economy", "complementary-currencies"),
        summary="Who has tried rewarding households that sort organic waste? How to set the value, and who weighs it?",
        offers=(
            Offer(
                author="trainee02",
                language="es",
                text="Lo hicimos con vales de la frutería. Os cuento cómo pusimos el precio y qué salió mal.",
                available="Cualquier tarde de la semana que viene",
                is_accepted=True,
            ),
            Offer(
                author="trainee01",
                language="en",
                text="I can share the sheet on which our households wrote down the weight themselves.",
                available="Any time by message",
            ),
        ),
        meeting="مكافأة الفرز: نتبادل ما جرّبناه",
    ),
    Thread(
        author="trainee02",
        language="es",
        kind="need",
        title="¿Quién ha cuidado a los niños y niñas durante las reuniones?",
        text=(
            "A nuestras reuniones de tarde casi no vienen madres ni padres. Buscamos una forma sencilla de cuidar "
            "mientras tanto."
        ),
        details={"tried": "Cambiar la hora: vinieron otras personas, no más."},
        tags=("public-spaces",),
        offers=(
            Offer(
                author="trainee04",
                language="el",
                text="Έχουμε μια λίστα με γιαγιάδες και φοιτητές που κρατούν τα παιδιά στη διπλανή αίθουσα.",
                available="Το Σαββατοκύριακο",
            ),
        ),
    ),
    Thread(
        author="trainee04",
        language="el",
        kind="need",
        title="Ποιος έχει μοιραστεί κουζίνα με άλλη ομάδα;",
        text=(
            "Ένας σύλλογος μας προσφέρει την κουζίνα του δύο μέρες την εβδομάδα. Πώς μοιράζεστε το ρεύμα, το καθάρισμα "
            "και τις ζημιές χωρίς να μαλώνετε;"
        ),
        tags=("functional-diversity",),
        summary="Who has shared a kitchen with another group? How do you share power bills, cleaning and damage?",
    ),
    Thread(
        author="trainee13",
        language="en",
        kind="doubt",
        title="I promised more than my organisation can keep",
        text=(
            "I told a group that we would pay for their room. Now my organisation says no. How do I tell them without "
            "losing them?"
        ),
        is_nameless=True,
        replies=(
            Words(
                author="trainer2",
                language="es",
                text="Cuanto antes, mejor, y en persona. Lleva algo que sí puedas ofrecer, aunque sea pequeño.",
            ),
        ),
    ),
)
TWIN = Twin(
    author="trainee09",
    language="pt",
    kind="need",
    title="Alguém partilha a cozinha com outra associação?",
    text="Temos as chaves de uma cozinha às terças e quintas. Quem paga o gás, e quem limpa quando ninguém se acusa?",
    summary="Does anybody share a kitchen with another association? Who pays for gas, and who cleans up?",
    other="Ποιος έχει μοιραστεί κουζίνα με άλλη ομάδα;",
    reason="Both ask how a kitchen is shared: whoever knows should have to tell it only once.",
)
GROWN = Grown(
    author="trainee08",
    language="es",
    kind="need",
    title="¿Quién ha acordado con una tienda que no tire lo que sobra?",
    text=(
        "En la matriz me di cuenta de que el reparto de los jueves da de comer, pero nadie decide qué llega. Buscamos "
        "a alguien que lo haya acordado con una tienda, también por escrito."
    ),
    exercise="needs-matrix",
    note=Note(
        "trainee08",
        "matrix",
        "subsistence/having",
        {"satisfier": "El reparto de los jueves, con lo que sobra de dos tiendas"},
    ),
)
CONNECTORS = {"tunisia": "Trainee 06", "greece": "Trainee 04"}
"""Who looks after which territory."""
