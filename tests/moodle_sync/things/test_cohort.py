"""Cohorts that the configuration describes: made, changed and left as it says."""

from dataclasses import replace
from datetime import UTC

import pytest

from lti_tool.demo.moodle.webservice.tables import Cohort as Row
from moodle_sync.planning.plan import Plan
from moodle_sync.things.category import CATEGORIES, Category
from moodle_sync.things.cohort import COHORTS, Cohort
from moodle_sync.things.cohort_member import COHORT_MEMBERS
from moodle_sync.things.state import State
from tests.moodle_sync.administered import AS_USUAL, Administered, look
from tests.moodle_sync.examples import CATEGORY, FULL

WINS = replace(AS_USUAL, file_wins=True)
OTHER = Category(idnumber="other", name="Other")
AGENTS = Cohort(idnumber="agents", name="Local agents", description="<p>All of them.</p>", category="medtown")


def wanting(cohort: Cohort) -> State:
    """Make a file with this cohort, and somebody in it."""
    categories = {"medtown": CATEGORY, "other": OTHER}
    return FULL.having(CATEGORIES, categories).having(COHORTS, {"agents": cohort})


def lines(plan: Plan) -> list[str]:
    return [action.line(UTC) for action in plan.actions]


def remarks(plan: Plan) -> list[str]:
    return [remark.message.partition(": changed in Moodle")[0] for remark in plan.remarks]


def there(site: Administered, file: State) -> Cohort:
    return look(site.miniature.client(), file).state[COHORTS]["agents"]


def change(site: Administered, **columns: object) -> None:
    """Change the cohort in Moodle, as on its page of settings."""
    with site.miniature.site.session() as db:
        row = db.query(Row).filter_by(idnumber="agents").one()
        for name, value in columns.items():
            setattr(row, name, value)


def column(site: Administered, name: str) -> object:
    with site.miniature.site.session() as db:
        return getattr(db.query(Row).filter_by(idnumber="agents").one(), name)


def test_a_cohort_is_made_as_described_with_its_members(site: Administered) -> None:
    file = wanting(AGENTS)

    assert 'cohort agents: make "Local agents" in medtown' in lines(site.plan(file))
    site.apply(file)

    assert there(site, file) == AGENTS
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())
    assert site.plan(file).adopted.things == {}


def test_a_cohort_that_only_people_name_has_its_idnumber_for_a_name_and_is_never_changed(site: Administered) -> None:
    file = wanting(Cohort(idnumber="agents"))
    site.apply(file)
    change(site, name="Renamed by hand", category_id=1)

    planned = site.plan(file)

    assert (planned.actions, planned.remarks) == ((), ())


CHANGED = [
    (replace(AGENTS, name="Agents"), 'name from "Local agents" to "Agents"'),
    (replace(AGENTS, description="<p>More.</p>"), 'description from "<p>All of them.</p>" to "<p>More.</p>"'),
    (replace(AGENTS, description=""), 'description from "<p>All of them.</p>" to ""'),
    (replace(AGENTS, category="other"), 'category from "medtown" to "other"'),
    (replace(AGENTS, category=""), 'category from "medtown" to ""'),
]


@pytest.mark.parametrize(("cohort", "said"), CHANGED, ids=[said for _, said in CHANGED])
def test_what_the_file_changed_is_written_once(site: Administered, cohort: Cohort, said: str) -> None:
    site.apply(wanting(AGENTS))
    file = wanting(cohort)

    assert lines(site.plan(file)) == [f"cohort agents: {said}"]
    site.apply(file)

    assert there(site, file) == cohort
    assert (site.plan(file).actions, site.plan(file).remarks) == ((), ())


def test_a_cohort_that_people_named_before_is_given_what_is_described_of_it_now(site: Administered) -> None:
    site.apply(wanting(Cohort(idnumber="agents")))

    (line,) = lines(site.plan(wanting(AGENTS)))
    assert line.startswith('cohort agents: name from "agents" to "Local agents", category from "" to "medtown", desc')
    site.apply(wanting(AGENTS))

    assert there(site, wanting(AGENTS)) == AGENTS
    assert len(look(site.miniature.client(), wanting(AGENTS)).state[COHORT_MEMBERS]) == 1


def test_what_the_file_does_not_say_stays_when_something_else_is_changed(site: Administered) -> None:
    unsaid = replace(AGENTS, description=None, category="")
    site.apply(wanting(unsaid))
    kept = {"description": "By hand", "description_format": 2, "visible": False, "theme": "boost", "category_id": 1}
    change(site, **kept)

    site.apply(wanting(replace(unsaid, name="Agents")))

    assert {name: column(site, name) for name in kept} == kept
    assert column(site, "name") == "Agents"


def test_what_somebody_changed_in_moodle_is_shown_and_left_unless_the_file_wins(site: Administered) -> None:
    file = wanting(AGENTS)
    site.apply(file)
    change(site, name="Ours", description="<p>Mine.</p>", category_id=1)

    planned = site.plan(file)
    site.apply(file)

    assert (planned.actions, remarks(planned)) == (
        (),
        [
            'name is "Ours" and not "Local agents"',
            'category is "number 1" and not "medtown"',
            'description is "<p>Mine.</p>" and not "<p>All of them.</p>"',
        ],
    )
    assert column(site, "name") == "Ours"
    site.apply(file, options=WINS)
    assert there(site, file) == AGENTS


def test_what_the_file_changes_after_somebody_did_is_written(site: Administered) -> None:
    site.apply(wanting(AGENTS))
    change(site, name="Ours", description="<p>Mine.</p>")

    planned = site.plan(wanting(replace(AGENTS, name="Agents")))

    assert lines(planned) == ['cohort agents: name from "Ours" to "Agents"']
    assert remarks(planned) == ['description is "<p>Mine.</p>" and not "<p>All of them.</p>"']


def test_where_nobody_says_in_which_category_a_cohort_that_was_there_stays(site: Administered) -> None:
    site.apply(wanting(AGENTS))
    site.lose_the_journal()

    planned = site.plan(wanting(replace(AGENTS, category="")))

    assert (planned.actions, planned.remarks) == ((), ())


def test_an_idnumber_that_differs_in_capitals_stays_as_it_is_in_moodle(site: Administered) -> None:
    site.apply(wanting(AGENTS))
    with site.miniature.site.session() as db:
        db.query(Row).filter_by(idnumber="agents").one().idnumber = "AGENTS"

    site.apply(wanting(replace(AGENTS, name="Agents")))

    with site.miniature.site.session() as db:
        assert [(row.idnumber, row.name) for row in db.query(Row)] == [("AGENTS", "Agents")]


def test_a_cohort_whose_category_cannot_be_made_is_left_with_its_members(site: Administered) -> None:
    site.apply(FULL.having(COHORTS, {}).having(COHORT_MEMBERS, frozenset()))
    spelt = {"MedTOWN": replace(CATEGORY, idnumber="MedTOWN")}
    file = FULL.having(CATEGORIES, spelt).having(COHORTS, {"agents": replace(AGENTS, category="MedTOWN")})

    planned = site.plan(file)

    assert [conflict.key for conflict in planned.conflicts if conflict.kind == "cohort"] == ["agents"]
    assert [line for line in lines(planned) if line.startswith("cohort")] == []
