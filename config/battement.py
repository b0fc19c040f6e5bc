"""Beat's heartbeat: a date in the cache, renewed by a periodic task, read by /sante/."""

import time

from django.core.cache import cache

CLE = "sante:battement"
PERIODE_S = 20
TOLERANCE_S = 75


def battre() -> None:
    cache.set(CLE, time.time(), timeout=TOLERANCE_S)


def bat_encore() -> bool:
    dernier = cache.get(CLE)
    return dernier is not None and time.time() - dernier < TOLERANCE_S
