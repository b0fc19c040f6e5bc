"""One-shot tokens: the double click guard of `VueFormulaire`."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from socle.interface.models import Jeton

GARDE = timedelta(days=2)


class DejaUtilise(Exception):
    """This form was already saved. `url_retour` is where the first sending led."""

    def __init__(self, url_retour: str):
        super().__init__(url_retour)
        self.url_retour = url_retour


def nouveau() -> str:
    return str(uuid.uuid4())


def lire(texte: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(texte or "")
    except ValueError:
        return None


def consommer(cle: uuid.UUID) -> Jeton:
    """Take the token inside the caller's transaction; a second sending waits, then is refused.

    When the verb fails, the caller's transaction rolls back and the token is free again.
    """
    try:
        with transaction.atomic():
            return Jeton.objects.create(cle=cle)
    except IntegrityError:
        url = Jeton.objects.filter(cle=cle).values_list("url_retour", flat=True).first()
        raise DejaUtilise(url or "") from None


def purger() -> int:
    """Delete the tokens that no open page can still send."""
    return Jeton.objects.filter(pose_le__lt=timezone.now() - GARDE).delete()[0]
