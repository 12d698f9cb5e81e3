"""Searching a community: a form that asks by its address, and pages of what was found."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool.community import forms, pages, visiting
from lti_tool.community.finding import rules, shown, store
from lti_tool.community.listing import fitting
from lti_tool.community.typed import tidy_line
from lti_tool.lti.launch.session import PREFIX

blueprint = Blueprint("finding", __name__)


@blueprint.get(PREFIX + "/community/search")
def search() -> ResponseReturnValue:
    """Show a page of the posts in which all the words occur, all or those that are wanted."""
    visit, after = visiting.current(), store.read_place(request.args.get("after", ""))
    query = tidy_line(request.args.get("q", ""))[: rules.LONGEST_QUERY]
    wanted = forms.filters_sent()
    words = rules.words_of(query)
    found = store.search(visit.key, words, list(fitting(wanted)), after) if words else store.NOTHING
    return render_template(
        "community/finding/results.html",
        query=query,
        has_words=bool(words),
        is_cut=len(words) == rules.MOST_WORDS,
        found=shown.of_results(visit.key, found.posts, words),
        after=found.after,
        is_first=after is None,
        **pages.narrowed(wanted),
        **pages.words(visit),
    )
