"""Groups whose work is answered, each at another stage, played through the pages by trainers and trainees."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lti_tool.demo import canvas
from lti_tool.demo.browse import Browse, Form
from lti_tool.demo.rounds import Reply, Round, Said
from lti_tool.demo.walk import visit


def hand_in(moodle: str, title: str, rounds: Sequence[Round]) -> None:
    """Let each group do the exercise and hand it in."""
    for one in rounds:
        canvas.hand_in(moodle, title, one.notes)


def answer(moodle: str, title: str, rounds: Sequence[Round]) -> None:
    """Let trainers say what they say of each, and the groups what they make of it; groups have their names by now."""
    for one in rounds:
        if one.said:
            _say(_at_work_of(one.group, title, visit(moodle, one.said.trainer)), one.said)
        if one.reply:
            _reply(moodle, title, one.reply)
        if one.then:
            canvas.hand_in(moodle, title, one.then)


def _at_work_of(group: str, title: str, trainer: Browse) -> Browse:
    """Open a group's work from the exercise's list."""
    canvas.open_activity(trainer, title)
    [address] = re.findall(rf'href="([^"]+/submissions/\d+)"><bdi>{re.escape(group)}<', trainer.page.text)
    trainer.go(address)
    return trainer


def _say(trainer: Browse, said: Said) -> None:
    """Write into the form of an answer, and release it or keep it as a draft."""
    form = trainer.form_of_id("feedback")
    comments = [(trainer.named(f"Comment on: {words}"), text) for words, text in said.comments.items()]
    levels = {f"level-{criterion}": level for criterion, level in said.levels.items()}
    changes = {"outcome": said.outcome, "mark": said.mark, **levels}
    trainer.submit(form if said.is_released else _kept(form), changes, ticked=[("sentence", said.text), *comments])


def _kept(form: Form) -> Form:
    """Give the form as the button sends it that keeps a draft."""
    return replace(form, attributes={**form.attributes, "action": form.attributes["data-draft"]})


def _reply(moodle: str, title: str, reply: Reply) -> None:
    person = visit(moodle, reply.author)
    canvas.open_activity(person, title)
    [form] = [one for one in person.forms() if str(one.attributes.get("action")).endswith(f"/{reply.number}/reply")]
    person.submit(form, ticked=[("text", reply.text)])
