"""The signed sheets, joined as proof once the séance has begun."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ateliers.parcours.droits import exiger
from ateliers.participants import journal
from ateliers.participants.domaine.invitations import verrouiller_seance
from ateliers.participants.droits import peut_emarger
from ateliers.participants.models import FeuilleSignee
from ateliers.seances.choix import EtatSeance
from candidatures.dossiers.domaine.pieces import verifier_fichier
from socle.erreurs import ErreurMetier, TransitionImpossible
from socle.journal.domaine import inscrire

REFUS = "Le service pilote, la collectivité et l’équipe tiennent la feuille de présence."


def commencee(seance) -> bool:
    annulee = seance.etat == EtatSeance.ANNULEE
    return not annulee and seance.debut is not None and seance.debut <= timezone.now()


@transaction.atomic
def joindre_feuille(*, seance, par, nom: str, octets: bytes) -> FeuilleSignee:
    seance = verrouiller_seance(seance)
    exiger(peut_emarger(par, seance.atelier), REFUS)
    if not commencee(seance):
        raise TransitionImpossible("La feuille signée se joint une fois la séance commencée.")
    nom, mime = verifier_fichier(nom, octets)
    empreinte = hashlib.sha256(octets).hexdigest()
    if FeuilleSignee.objects.filter(seance=seance, sha256=empreinte).exists():
        raise ErreurMetier("Ce fichier est déjà joint.", champ="fichier")
    feuille = FeuilleSignee(seance=seance, nom=nom, mime=mime, sha256=empreinte, par=par)
    feuille.fichier.save(nom, ContentFile(octets), save=False)
    feuille.save()
    inscrire(journal.FEUILLE_JOINTE, objet=seance.atelier, par=par, seance=seance.titre)
    return feuille


def feuilles_de(seance):
    return FeuilleSignee.objects.filter(seance=seance).select_related("par")
