"""All that the community shows to one person: every page, by every id there is, and the lists by all that they take."""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from urllib.parse import urlencode

from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lti_tool.community.files.tables import FileRow
from lti_tool.database import db
from tests.lti_tool.community.nameless.story import Story
from tests.lti_tool.entering import Client

HOME = "lti_tool.community."
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ASKED = {
    "kind": ["need", "tool"],
    "state": ["open", "held"],
    "tag": ["consent"],
    "territory": ["lisbon"],
    "language": ["en"],
}
SOUGHT = ("Xena", "Yann", "Namelos", "xena@mail.example.org", "needs", "helps", "Participant", "member")
OF_LISTS = ("community.show_list", "finding.search")


def look(story: Story, client: Client) -> Mapping[str, str]:
    """Give what is shown at each address, without what is another at each time."""
    return {_known(story, path): _plain(story, client, client.get(path)) for path in paths(story)}


def paths(story: Story) -> Iterator[str]:
    """Go through the addresses below a launch's."""
    for rule in story.app.url_map.iter_rules():
        is_here = story.app.view_functions[rule.endpoint].__module__.startswith(HOME)
        if is_here and "GET" in (rule.methods or ()) and "launch_id" in rule.arguments:
            yield from _of_rule(story, rule)
    ids = story.ids
    yield from (f"community/posts/{ids[post]}?quote={ids[of]}" for post in ("need", "tool") for of in ids)
    yield from (f"community/calendar/new?{name}={id_}" for name in ("post", "again") for id_ in ids.values())


def _of_rule(story: Story, rule: Rule) -> Iterator[str]:
    sorts = re.search(r"<any\((.*?)\):sort>", rule.rule)
    for sort in sorts[1].split(", ") if sorts else [""]:
        values = _values(story, sort)
        names = sorted(rule.arguments - {"launch_id"})
        for chosen in product(*(values[name] for name in names)):
            said = {**dict(zip(names, chosen, strict=True)), "launch_id": "x"}
            path = story.app.url_map.bind("x").build(rule.endpoint, said)
            yield from (f"{path[5:]}?{query}" for query in _queries(rule.endpoint))


def _values(story: Story, sort: str) -> Mapping[str, list[str]]:
    """Give every id for each variable; a new variable needs its place here."""
    of = {name: [id_ for each, id_ in story.ids.items() if story.sorts[each] == name] for name in story.sorts.values()}
    with story.app.app_context():
        files = [str(id_) for id_ in db.session.scalars(select(FileRow.id).order_by(FileRow.id))]
    ids = {f"{name[:-1]}_id": found for name, found in of.items()}
    return {**ids, "piece_id": of.get(sort, of["replies"]), "file_id": files, "size": ["whole"], "sort": [sort]}


def _queries(endpoint: str) -> Iterator[str]:
    """Say what a list can be asked for, one and two things at once; other pages are asked for nothing."""
    if endpoint not in OF_LISTS:
        yield ""
        return
    said = [{}, *({name: value} for name, values in ASKED.items() for value in values)]
    if endpoint == "finding.search":
        yield from (urlencode({"q": word}) for word in SOUGHT)
        yield from (urlencode({"q": "need", **filters}) for filters in said)
    else:
        yield from dict.fromkeys(urlencode(sorted({**one, **other}.items())) for one in said for other in said)


def _plain(story: Story, client: Client, answer: TestResponse) -> str:
    text = f"{answer.status_code}\n{answer.headers}\n{answer.data.decode(errors='replace')}"
    for new in (client.launch_id, client.csrf, answer.headers["X-Request-ID"], answer.headers.get("Date")):
        text = text.replace(new, "NEW") if new else text
    return _known(story, text)


def _known(story: Story, text: str) -> str:
    """Leave out the ids that the tool made: they are others at each time."""
    known = set(story.ids.values())
    return UUID.sub(lambda found: found[0] if found[0] in known else "ID", text)
