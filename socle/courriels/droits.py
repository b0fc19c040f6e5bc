"""Who reads the outbox: the DGALN all of it; in demo, each member of the cast their own mail."""

from django.conf import settings
from django.db.models import Q

from socle.comptes.choix import Role
from socle.courriels.models import Courriel, LotCourriels


def peut_ouvrir_la_boite(utilisateur) -> bool:
    return settings.DEMO or utilisateur.a_le_role(Role.DGALN)


CACHES: list = []  # functions of the business apps: utilisateur → Q of what they must not read


def visibles_par(utilisateur):
    courriels = Courriel.objects.all()
    for cacher in CACHES:
        courriels = courriels.exclude(cacher(utilisateur))
    if utilisateur.a_le_role(Role.DGALN):
        return courriels
    return courriels.filter(Q(destinataire__iexact=utilisateur.email) | Q(depose_par=utilisateur))


def lots_visibles_par(utilisateur):
    if utilisateur.a_le_role(Role.DGALN):
        return LotCourriels.objects.all()
    return LotCourriels.objects.filter(depose_par=utilisateur)


def peut_decider(utilisateur, courriel) -> bool:
    """Release, cancel or send again: the DGALN, or whoever wrote the mail."""
    return utilisateur.a_le_role(Role.DGALN) or courriel.depose_par_id == utilisateur.pk
