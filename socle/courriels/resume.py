"""The digest: who prefers one mail a day, or a week, receives one, grouped by dossier."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils import timezone

from socle.comptes.models import Utilisateur
from socle.courriels.choix import EtatCourriel, Rythme
from socle.courriels.domaine import deposer, retirer_de_la_boite
from socle.courriels.models import Courriel, PreferenceCourriels

LUNDI = 0
AUTRES = "Autres nouvelles"
_ADRESSE = re.compile(r"^https?://\S+$", re.M)


@transaction.atomic
def choisir_rythme(*, utilisateur, rythme: str) -> PreferenceCourriels:
    preference, _ = PreferenceCourriels.objects.update_or_create(
        utilisateur=utilisateur, defaults={"rythme": Rythme(rythme)}
    )
    return preference


def rythme_de(utilisateur) -> str:
    choisi = PreferenceCourriels.objects.filter(utilisateur=utilisateur).first()
    return choisi.rythme if choisi else Rythme.IMMEDIAT


def _groupes(courriels) -> list[dict]:
    groupes: dict[str, list] = {}
    for courriel in courriels:
        trouvee = _ADRESSE.search(courriel.corps)
        ligne = {"sujet": courriel.sujet, "lien": trouvee[0] if trouvee else ""}
        groupes.setdefault(courriel.groupe or AUTRES, []).append(ligne)
    rangs = sorted(groupes, key=lambda nom: (nom == AUTRES, nom))
    return [{"titre": nom, "lignes": groupes[nom]} for nom in rangs]


@transaction.atomic
def resumer(utilisateur) -> int:
    """One mail for all that waits; returns how many it holds. Twice in a row: nothing more."""
    attendent = list(
        Courriel.objects.select_for_update(skip_locked=True)
        .filter(destinataire__iexact=utilisateur.email, etat=EtatCourriel.A_GROUPER)
        .order_by("depose_le", "pk")
    )
    if not attendent:
        return 0
    (resume,) = deposer(
        "resume",
        a=[utilisateur],
        contexte={"groupes": _groupes(attendent), "nombre": len(attendent)},
        urgent=True,
    )
    Courriel.objects.filter(pk__in=[c.pk for c in attendent]).update(
        etat=EtatCourriel.GROUPE, envoye_le=timezone.now(), resume=resume
    )
    return len(attendent)


@transaction.atomic
def retirer_des_resumes(courriels, *, motif: str, par=None) -> int:
    """Digests that have not left and hold one of these mails are cancelled, and made again
    without them. Returns how many were cancelled."""
    pks = list(courriels.filter(etat=EtatCourriel.GROUPE).values_list("pk", flat=True))
    attendus = Courriel.objects.filter(groupes__in=pks).distinct().values("pk")
    retires = retirer_de_la_boite(Courriel.objects.filter(pk__in=attendus), motif=motif, par=par)
    for resume in retires:
        resume.groupes.filter(pk__in=pks).update(etat=EtatCourriel.ANNULE, envoye_le=None)
        resume.groupes.filter(etat=EtatCourriel.GROUPE).update(
            etat=EtatCourriel.A_GROUPER, envoye_le=None, resume=None
        )
        for personne in Utilisateur.objects.filter(email__iexact=resume.destinataire):
            resumer(personne)
    return len(retires)


def resumer_tout(*, jour=None) -> int:
    """Every morning; those who chose the week, on Mondays. Returns the number of digests."""
    jour = jour or timezone.localdate()
    adresses = Courriel.objects.filter(etat=EtatCourriel.A_GROUPER).order_by()
    personnes = Utilisateur.objects.filter(
        is_active=True, email__in=adresses.values("destinataire").distinct()
    )
    if jour.weekday() != LUNDI:
        hebdomadaires = PreferenceCourriels.objects.filter(rythme=Rythme.HEBDOMADAIRE)
        personnes = personnes.exclude(pk__in=hebdomadaires.values("utilisateur_id"))
    return sum(1 for personne in personnes if resumer(personne))
