from tests.spec.main_job import MainJob


class TestMainJob(MainJob):
    """The main job on the miniature."""
