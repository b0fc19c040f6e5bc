"""Fixtures of the whole suite; each subject in its own module of `tests/fixtures`."""

pytest_plugins = [
    "tests.fixtures.rigueur",
    "tests.fixtures.distribution",
    "tests.fixtures.worker",
    "tests.fixtures.navigateur",
]
