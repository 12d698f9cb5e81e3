"""Whatever titles stand beside each other in several languages: what is written is what Moodle keeps."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.multilang import in_languages
from moodle_sync.sameness import same
from moodle_sync.shown import title_mistake
from moodle_sync.things.course import COURSES
from moodle_sync.things.section import MODULES, PLACES, Module
from tests.moodle_sync.administered import Administered, look
from tests.moodle_sync.examples import COURSE, FULL

FEW = settings(
    max_examples=25,
    deadline=None,  # a busy machine is no mistake
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""One site for all examples: each is what the file says next."""
titles = st.text("aBé&;>\"'— الح\u200f😀", min_size=1, max_size=12).filter(lambda text: title_mistake(text) is None)
names = st.dictionaries(st.sampled_from(["en", "ar", "es"]), titles.map(same), min_size=1).map(in_languages)


@FEW
@given(fullname=names, sections=st.lists(names, min_size=2, max_size=2, unique=True))
def test_names_in_several_languages_are_kept_as_they_are_written(
    site: Administered, fullname: str, sections: list[str]
) -> None:
    course = replace(COURSE, fullname=fullname, sections=tuple(sections))
    modules = tuple(Module(id=one, name=name) for one, name in zip(("needs", "policies"), sections, strict=True))
    file = FULL.having(COURSES, {"tot": course}).having(MODULES, {"tot": modules})

    site.apply(file)

    found = look(site.miniature.client()).state
    assert found[COURSES]["tot"].fullname == fullname
    assert [section.name for section in found[PLACES]["tot"]] == sections
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())
