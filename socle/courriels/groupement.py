"""One mail per recipient at the sending of a batch: those read alike leave together.

The mails that were held stay, as carried by the one that leaves (`resume`): whoever is recused from
one of the dossiers loses the mail that names it, as with a digest.
"""

from __future__ import annotations

import re
from collections import defaultdict

from django.utils import timezone

from socle.comptes.models import Utilisateur
from socle.courriels import journal
from socle.courriels.choix import EtatCourriel
from socle.courriels.domaine import deposer
from socle.courriels.models import Courriel, LotCourriels
from socle.journal.models import Entree

_ADRESSE = re.compile(r"^https?://\S+$", re.M)


def _corriges(courriels) -> set[int]:
    """A mail that somebody rewrote leaves alone, as it was rewritten."""
    entrees = Entree.objects.filter(
        action=journal.CORRIGE,
        objet_type=Courriel._meta.label_lower,
        objet_id__in=[str(c.pk) for c in courriels],
    )
    return {int(pk) for pk in entrees.values_list("objet_id", flat=True)}


def a_grouper(courriels: list[Courriel]) -> list[list[Courriel]]:
    """Of these held mails, those that leave together: two or more for the same person."""
    corriges = _corriges(courriels) if len(courriels) > 1 else set()
    par_adresse = defaultdict(list)
    for courriel in courriels:
        if courriel.pk not in corriges:
            par_adresse[courriel.destinataire.lower()].append(courriel)
    return [ensemble for ensemble in par_adresse.values() if len(ensemble) > 1]


def grouper(lot: LotCourriels, courriels: list[Courriel], gabarit: str, par) -> list[Courriel]:
    """Write the mails that carry several; returns those left to leave alone."""
    portes = set()
    for ensemble in a_grouper(courriels):
        adresse = ensemble[0].destinataire
        personne = Utilisateur.objects.filter(email__iexact=adresse, is_active=True).first()
        lignes = []
        for courriel in ensemble:
            trouvee = _ADRESSE.search(courriel.corps)
            lignes.append({"dossier": courriel.groupe, "lien": trouvee[0] if trouvee else ""})
        lus = {"lignes": lignes, "nombre": len(lignes), "lot": lot}
        (parti,) = deposer(gabarit, a=[personne or adresse], contexte=lus, par=par, urgent=True)
        pks = [c.pk for c in ensemble]
        Courriel.objects.filter(pk__in=pks).update(
            etat=EtatCourriel.GROUPE, envoye_le=timezone.now(), resume=parti
        )
        portes.update(pks)
    return [c for c in courriels if c.pk not in portes]
