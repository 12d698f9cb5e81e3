"""What is done just before the tool answers its first request."""

import gc

from lti_tool.server import set_apart


def test_what_is_there_before_serving_is_no_work_for_the_collector() -> None:
    made = [["a curriculum"]]

    set_apart()

    try:
        assert gc.is_tracked(made)
        assert not any(one is made for one in gc.get_objects())
    finally:
        gc.unfreeze()
