"""A text about a post for a group in a messenger: what is asked, by when and where, and nobody's name."""

from lti_tool.community.posts import Post
from lti_tool.community.wording import KIND, by_when
from lti_tool.learning import links
from lti_tool.lti.launch.session import current

LONGEST = 400
"""Characters of a post's text: about what a messenger shows without being asked for more."""


def text(post: Post) -> str | None:
    """Write it, in lines; nothing for a post that isn't for everybody."""
    if not post.is_up:
        return None
    page = links.address(current().activity or "")
    lines = [f"{KIND[post.kind]}: {post.title}", shortened(post.text), by_when(post), page]
    return "\n\n".join(line for line in lines if line)


def shortened(words: str) -> str:
    """Cut a text at a word, and say that it goes on."""
    if len(words) <= LONGEST:
        return words
    cut = words[:LONGEST].rsplit(maxsplit=1)[0]
    return f"{cut.rstrip()} …"
