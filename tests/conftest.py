"""Fixtures of the whole suite; each subject in its own module of `tests/fixtures`."""

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
