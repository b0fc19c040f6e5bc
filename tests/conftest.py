"""Fixtures of the whole suite; each subject in its own module of `tests/fixtures`."""

import gc
import os

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.rigueur",
    "tests.fixtures.distribution",
    "tests.fixtures.worker",
    "tests.fixtures.navigateur",
    "tests.fixtures.radicale",
]

# A slow machine is not a fault; the suite as a whole has its own time limit. The same commit draws
# the same examples: chance looks for others apart (`make explorer`, docs/decisions/0035).
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("hasard", deadline=None, print_blob=True)
settings.load_profile("hasard" if os.environ.get("HASARD") == "1" else "suite")


def pytest_collection_finish():
    """Models, templates and tests live to the end: the collector need not walk them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
