"""Fixtures of the whole suite; each subject in its own module of `tests/fixtures`."""

import gc

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.rigueur",
    "tests.fixtures.distribution",
    "tests.fixtures.worker",
    "tests.fixtures.navigateur",
    "tests.fixtures.radicale",
]

# A slow machine is not a fault; the suite as a whole has its own time limit.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_collection_finish():
    """Models, templates and tests live to the end: the collector need not walk them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
