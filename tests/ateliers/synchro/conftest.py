"""Attempts to connect are counted in the cache, which no rollback empties."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def aucun_essai_compte():
    cache.clear()
