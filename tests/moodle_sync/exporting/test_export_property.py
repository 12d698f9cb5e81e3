"""Whatever a site is called and whoever is in it: its files make a site of which the same files are made."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moodle_sync.exporting.export import save
from tests.moodle_sync.exporting.moving import Furnished, apply_to, exported
from tests.moodle_sync.miniature import Miniature

MANY = settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
odd = st.text(alphabet="ab A\"',;&<=+-@'é\tΩع😀#: {}[]|\n!\\/", min_size=1, max_size=8)
"""What somebody may type where Moodle asks for a name; a good part of it files can't hold."""
personal = st.text(alphabet="ab A\"',;=+-@'éΩع😀#:{}[]|!\\/", min_size=1, max_size=8).filter(str.strip)
"""What files hold of people's names: without all of them nobody has an account made."""
places = st.lists(st.sampled_from(["student", "teacher", "editingteacher"]), unique=True, max_size=2)


@st.composite
def fillings(draw: st.DrawFn) -> Callable[[Furnished], None]:
    """Make what fills a site by hand."""
    names = {key: draw(odd) for key in ("category", "under", "course", "other", "section", "group", "cohort")}
    who = [draw(personal) for _ in range(2)]
    idnumbers = {key: draw(st.sampled_from(["", key, "Key", "=x"])) for key in ("category", "under", "course", "other")}
    dates = [draw(st.sampled_from([0, 1_790_000_000, 1_790_035_200])) for _ in range(2)]
    roles = [draw(places) for _ in range(3)]
    twice, suspended, hidden = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())

    def fill(site: Furnished) -> None:
        top = site.category(names["category"], idnumbers["category"])
        under = site.category(names["under"], idnumbers["under"], top)
        course = site.course(
            f"C{names['course']}",
            under,
            *(names["section"], "Plain", names["section"] if twice else ""),
            idnumber=idnumbers["course"],
            fullname=names["other"],
            startdate=1_789_000_000,
            enddate=dates[0],
            visible=int(not hidden),
        )
        other = site.course(
            f"D{names['other']}", top, idnumber=idnumbers["other"], startdate=1_789_000_000, enddate=dates[1]
        )
        people = [
            site.person(
                name, email=f"{kind}@b.org", firstname=who[0], lastname=who[1], idnumber=idnumbers[kind], suspended=gone
            )
            for name, kind, gone in (("ana", "course", suspended), ("-sami", "other", False))
        ]
        site.enrol(course, people[0], *roles[0])
        site.enrol(course, people[1], *roles[1], suspended=suspended)
        site.enrol(other, people[0], *roles[2])
        site.group(course, names["group"], *people)
        if names["group"] != "A":
            site.group(course, "A", people[0])
        site.cohort(names["cohort"], people[0])

    return fill


@given(fill=fillings())
@MANY
def test_the_files_of_a_site_that_was_made_of_them_are_the_same(
    empty: Callable[[], Miniature], fill: Callable[[Furnished], None]
) -> None:
    site = Furnished(empty())
    fill(site)
    sure = site.course("SURE", site.category("Sure", "sure"), startdate=1_789_000_000)
    site.enrol(sure, site.person("eva"), "student")
    with TemporaryDirectory() as folder:
        first = exported(site.miniature)
        save(first, Path(folder) / "first")
        other = empty()

        apply_to(other, Path(folder) / "first")

        assert exported(other).files == first.files
