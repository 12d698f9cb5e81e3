"""Which names people may choose for themselves where Moodle withholds theirs: pure decisions.

A chosen name is its owner's own claim, and is shown as one. What could pass for somebody else is refused all the same.
"""

import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from lti_tool.community.finding.folding import folded

LONGEST = 40
FEWEST_LETTERS = 2
MOST_MARKS = 2
"""Upon one letter: Arabic and Vietnamese need two; piled up they cover the lines around."""
EMPTY = frozenset("\u115f\u1160")
"""Hangul's fillers, which are letters and show nothing; the others are written as these."""
BETWEEN = frozenset(" '’-.·")
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
"""Scripts that stand together in one name."""
ROLES = frozenset(
    folded(
        "admin administrator coach facilitator instructor medtown moderator moodle staff support teacher trainer tutor "
        "administrador administradora docente facilitador facilitadora formador formadora maestra maestro moderador "
        "moderadora profesor profesora professor professora soporte suporte tutora "
        "animateur animatrice administrateur administratrice enseignant enseignante formateur formatrice modérateur "
        "modératrice professeur "
        "διαχειριστής διαχειρίστρια δάσκαλος δασκάλα εκπαιδευτής εκπαιδεύτρια εμψυχωτής εμψυχώτρια καθηγητής "
        "καθηγήτρια συντονιστής συντονίστρια "
        "أستاذ أستاذة الأستاذ الأستاذة مدرب مدربة المدرب المدربة مشرف مشرفة المشرف المشرفة مدير مديرة المدير المديرة "
        "معلم معلمة المعلم المعلمة ميسر ميسرة الميسر الميسرة"
    ).split()
)
"""Words by which somebody would say that they lead a course, or run the tool; folded."""


class Problem(StrEnum):
    """Why a name can't be taken."""

    SHORT = "short"
    LONG = "long"
    LETTERS = "letters"
    SCRIPTS = "scripts"
    ROLE = "role"
    TAKEN = "taken"


def cleaned(typed: str) -> str:
    """Write a name in one way, whatever spaces and forms of letters somebody typed."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def key(name: str) -> str:
    """Give what names are compared by: whichever case, marks, spaces, hyphens and order of words they have."""
    return "".join(sorted(folded(name).split()))


def problem(name: str) -> Problem | None:
    """Tell why a name can't be taken, whoever else is there; nothing where it can."""
    checks = {
        Problem.LONG: len(name) > LONGEST,
        Problem.LETTERS: not _is_of_letters(name) or not EMPTY.isdisjoint(name),
        Problem.SHORT: sum(map(str.isalpha, name)) < FEWEST_LETTERS,
        Problem.SCRIPTS: len(_scripts(name)) > 1,
        Problem.ROLE: not ROLES.isdisjoint(_words(name)),
    }
    return next((found for found, is_so in checks.items() if is_so), None)


def is_taken(name: str, others: Iterable[str]) -> bool:
    """Tell whether somebody else is called so, or nearly so."""
    wanted = key(name)
    return any(key(other) == wanted for other in others)


def _is_of_letters(name: str) -> bool:
    """Tell whether a name has letters, what stands between them, and marks upon them: no digit, sign or direction."""
    marks = 0
    for letter in name:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind == "Mn" else 0
        if marks > MOST_MARKS or not (letter in BETWEEN or kind in ("Lu", "Ll", "Lt", "Lo", "Mn", "Mc")):
            return False
    return not name or not unicodedata.category(name[0]).startswith("M")


def _scripts(name: str) -> set[str]:
    """Give the scripts of a name's letters: two of them hide letters that look the same."""
    found = {unicodedata.name(letter, "").split(" ")[0] for letter in name if letter.isalpha()}
    return found - EAST_ASIAN | ({"CJK"} if found & EAST_ASIAN else set())


def _words(name: str) -> set[str]:
    return set(folded(name).split())
