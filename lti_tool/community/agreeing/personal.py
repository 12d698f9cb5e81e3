"""What is kept of a person in what groups agree to bring to the community."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select, update

from lti_tool.clock import now
from lti_tool.community.agreeing.tables import ConsentRow, ProposalRow
from lti_tool.database import db
from lti_tool.exercises.personal import own
from lti_tool.personal import AS_IT_IS, Fate, Kept, SeenBy, Whose, theirs


def _end(whose: Whose) -> None:
    """End what they proposed, and forget its text; what was published holds none any more."""
    of_own = ProposalRow.workspace_id.in_(own(whose))
    said = select(ProposalRow.id).where(of_own)
    for each in (
        update(ProposalRow)
        .where(ProposalRow.by_id == whose.person_id, ProposalRow.closed_at.is_(None))
        .values(draft={}, closed_at=now()),
        delete(ConsentRow).where(or_(ConsentRow.proposal_id.in_(said), ConsentRow.person_id == whose.person_id)),
        delete(ProposalRow).where(of_own),
    ):
        db.session.execute(each, execution_options=AS_IT_IS)


KEPT = (
    Kept(
        key="agreed",
        title=lazy_gettext("What you proposed to your group for the community, and what you said to proposals"),
        seen_by=SeenBy.GROUP,
        fate=Fate.GROUPS,
        tables=(ProposalRow, ConsentRow),
        find=theirs(ProposalRow.by_id, ConsentRow.person_id),
        erase=_end,
    ),
)
