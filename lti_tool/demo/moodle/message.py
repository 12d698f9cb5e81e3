"""Everything that an LTI message is made of, gathered before any claim is written."""

from dataclasses import dataclass

from lti_tool.demo.moodle.rules import Standing
from lti_tool.demo.moodle.tables import Activity, Course, Tool, User

LAUNCH = "LtiResourceLinkRequest"
DEEP_LINKING = "LtiDeepLinkingRequest"
REVIEW = "LtiSubmissionReviewRequest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a tool, before it is signed."""

    type: str
    nonce: str
    wwwroot: str
    user: User
    course: Course
    standing: Standing
    tool: Tool
    activity: Activity | None
    """None: nothing is placed yet (deep linking)."""
    target: str
    for_user: str
    """Whose work is reviewed; empty for other messages."""
    review_custom: str
    """Custom parameters for a review; they count as the tool's own, though a teacher may write them."""
    document_target: str
    return_url: str
    """Where the tool sends the person back; for deep linking: its answer."""
    group_ids: tuple[int, ...]
    history: tuple[int, ...]
    """The courses that this one is a copy of, the nearest first."""
    has_item: bool
    """Whether the activity has a column of its own."""
    hinted_item: int | None
    """The column in this course of the activity that the browser names, whichever activity is launched."""
    tells_item: bool
    """False where the activity has several columns: then none is named."""
    roster_open: bool
    """Whether the tool is in use in the course, which opens the roster to it."""
    share_names: bool
    share_email: bool

    @property
    def services(self) -> str:
        """Address of the services."""
        return f"{self.wwwroot}/mod/lti/services.php"

    @property
    def lineitems_url(self) -> str:
        """Address of the course's line items, as the tool is given it."""
        return f"{self.services}/{self.course.id}/lineitems?type_id={self.tool.id}"

    @property
    def lineitem_url(self) -> str:
        """Address of the line item of the activity that the browser names; empty where it has none in this course."""
        if self.hinted_item is None:
            return ""
        return f"{self.services}/{self.course.id}/lineitems/{self.hinted_item}/lineitem?type_id={self.tool.id}"

    @property
    def memberships_url(self) -> str:
        """Address of the course's roster."""
        return f"{self.services}/CourseSection/{self.course.id}/bindings/{self.tool.id}/memberships"
