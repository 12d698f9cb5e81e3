"""Erases a person: what is theirs alone goes, and what belongs to others too stays with nobody's name."""

from lti_tool.exercises import personal as exercises
from lti_tool.lti.launch import personal as launch
from lti_tool.personal import Whose
from lti_tool.privacy.catalogue import EVERYTHING


def erase(whose: Whose, *, with_texts: bool) -> None:
    """Erase a person, in the caller's transaction; `with_texts` deletes what they wrote in the community too.

    Work is locked before people, as handing in does. Who launches again is somebody new.
    """
    if with_texts:
        for kept in EVERYTHING:
            kept.erase_texts(whose)
    exercises.hold(whose)
    launch.hold(whose)
    for kept in reversed(EVERYTHING):
        kept.erase(whose)
