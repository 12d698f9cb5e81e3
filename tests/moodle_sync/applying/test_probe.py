"""How many variables a site takes."""

from dataclasses import replace

import pytest

from moodle_sync.applying.probe import budget, measure
from moodle_sync.webservice.encoding import BUDGET
from tests.moodle_sync.administered import Administered


@pytest.mark.parametrize(
    ("variables", "measured"),
    [(100, None), (250, 250), (998, 500), (1000, 1000), (1998, 1000), (5000, 5000), (50_000, 10_000)],
)
def test_the_largest_usual_limit_that_comes_through_is_found(
    site: Administered, variables: int, measured: int | None
) -> None:
    limit(site, variables)

    assert measure(site.miniature.client()) == measured


@pytest.mark.parametrize(("variables", "expected"), [(1000, 800), (5000, 4000), (100, BUDGET)])
def test_four_fifths_of_the_limit_are_used_and_a_cautious_number_where_it_is_not_known(
    site: Administered, variables: int, expected: int
) -> None:
    limit(site, variables)

    assert budget(site.miniature.client(), site.journal) == expected


def test_a_limit_that_is_known_is_not_asked_for_again(site: Administered) -> None:
    site.journal.keep_limit(2000)

    assert budget(site.miniature.client(), site.journal) == 1600
    assert site.miniature.calls == []


def test_a_server_that_refuses_so_much_has_found_its_limit(site: Administered) -> None:
    site.miniature.order_faults("core_user_get_users_by_field", 413, 413)

    assert measure(site.miniature.client()) == 250


def limit(site: Administered, variables: int) -> None:
    """Let the site's PHP take so many variables."""
    moodle = site.miniature.site
    moodle.settings = replace(moodle.settings, max_input_vars=variables)
