"""What a database refuses to keep is left out of what browsers send."""

from tests.lti_tool.community.talking import Enter, change, member, new_id, post, post_form, trainer
from tests.lti_tool.community.translating.putting import translation_form

NUL = "\0"


def test_a_form_with_a_nul_in_its_hidden_fields_is_taken(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    translation = translation_form(ana, post_id, of=f"x{NUL}y")
    assert change(ana, f"posts/{post_id}", "translations", **translation) == 303

    ticked = {f"remove-{NUL}": "on", f"remove-{new_id()}{NUL}": "on"}
    assert change(ana, f"posts/{post_id}", "edit", **post_form(version="1", text="another"), **ticked) == 303


def test_an_address_with_a_nul_shows_the_conversation(enter: Enter) -> None:
    ana = member(enter)
    post_id = post(ana)

    for name in ("at", "quote"):
        assert ana.get(f"community/posts/{post_id}?{name}=x%00y").status_code == 200


def test_a_merged_post_is_merged_into_nothing_whose_id_has_a_nul(enter: Enter) -> None:
    ana, teacher = member(enter), trainer(enter)
    post_id, other = post(ana), post(ana, title="Another")
    assert change(teacher, f"posts/{post_id}", "merge", post=other, reason="The same.") == 303

    assert change(teacher, f"posts/{post_id}", "merge", post=f"{other}{NUL}", reason="The same.") == 404
