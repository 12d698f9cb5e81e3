"""The community's pages as those who talk there use them."""

from playwright.sync_api import Page, expect


def write(page: Page, kind: str = "Need", title: str = "Who knows a time bank?", text: str = "We begin one.") -> None:
    """Fill in a post, from the list."""
    page.get_by_role("link", name="Write a post").click()
    arrived(page, "Write a post")
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Title").fill(title)
    page.get_by_role("textbox", name="Text", exact=True).fill(text)


def publish(page: Page, title: str = "Who knows a time bank?", **words: str) -> None:
    """Write a post and wait until it is shown."""
    write(page, title=title, **words)
    page.get_by_role("button", name="Publish").click()
    arrived(page, title)


def arrived(page: Page, heading: str) -> None:
    """Wait until a page is there with its script: nobody types faster."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def reply(page: Page, text: str) -> None:
    """Reply to the post that is shown."""
    page.get_by_role("textbox", name="Text", exact=True).fill(text)
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".reply").filter(has_text=text)).to_be_visible()


def open_post(page: Page, title: str = "Who knows a time bank?") -> None:
    """Go from the list to a post."""
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
