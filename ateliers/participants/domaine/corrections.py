"""The sheet of a person corrected, once for all their ateliers. Their login is never touched."""

from __future__ import annotations

from django.db import transaction

from ateliers.annuaire import journal
from ateliers.annuaire.domaine import personnes
from ateliers.annuaire.droits import peut_consulter, visibles_par
from ateliers.annuaire.models import Personne
from ateliers.parcours.droits import exiger
from ateliers.participants.domaine.rattachement import renommer
from ateliers.participants.droits import peut_gerer
from ateliers.participants.models import Participant
from socle.comptes.models import Utilisateur
from socle.erreurs import ConflitDeVersion, ErreurMetier, confirmer
from socle.journal.domaine import inscrire

CHAMPS = ("civilite", "prenom", "nom", "courriel", "telephone", "adresse")
REFUS = "Corrige cette fiche un service qui tient la liste de tous les ateliers de cette personne."
AUTRE_COMPTE = "autre_compte"


class AdresseDejaPrise(ErreurMetier):
    """`autre`: whose it is, when the one who writes may see them; they may be merged."""

    def __init__(self, autre=None):
        self.autre = autre
        suite = (
            f"Cette adresse est celle de {autre}. Si c’est la même personne, fusionnez les deux "
            "fiches ; sinon, écrivez une autre adresse."
            if autre
            else "Cette adresse est celle d’une personne que vous ne voyez pas : écrivez-en une "
            "autre, ou demandez à la DGALN de fusionner les deux fiches."
        )
        super().__init__(suite, champ="courriel")


def peut_corriger(utilisateur, personne) -> bool:
    """Whoever keeps the list of all their ateliers."""
    return personne.pk in corrigeables(utilisateur, {personne.pk})


def corrigeables(utilisateur, personnes: set[int]) -> set[int]:
    if not peut_consulter(utilisateur):
        return set()
    siens = Participant.objects.filter(personne__in=personnes).select_related("atelier")
    return personnes - {p.personne_id for p in siens if not peut_gerer(utilisateur, p.atelier)}


def _exiger(par, personne) -> None:
    vue = visibles_par(par).filter(pk=personne.pk).exists()
    exiger(vue and peut_corriger(par, personne), REFUS)


@transaction.atomic
def corriger_fiche(*, personne, par, revision: int, confirmes=frozenset(), **champs) -> Personne:
    """`champs`: those of CHAMPS. Séances to come follow; sheets and letters already made do not."""
    personne = Personne.objects.select_for_update(of=["self"]).get(pk=personne.pk)
    _exiger(par, personne)
    if personne.revision != revision:
        raise ConflitDeVersion(personne)
    nouveau = {cle: str(champs[cle] or "").strip() for cle in CHAMPS}
    nouveau["courriel"] = nouveau["courriel"].lower()
    changes = [cle for cle in CHAMPS if getattr(personne, cle) != nouveau[cle]]
    if not changes:
        return personne
    if "courriel" in changes:
        _verifier_adresse(personne, nouveau["courriel"], par, confirmes)
    identite = {cle: nouveau[cle] for cle in personnes.IDENTITE}
    reste = [cle for cle in changes if cle not in identite]
    for cle in reste:
        setattr(personne, cle, nouveau[cle])
    if len(reste) < len(changes):
        renommer(personne, identite, par=par)
    else:
        personne.revision += 1
    personne.save(update_fields=[*reste, "revision"])
    personnes.indexer(personne)
    noms = ", ".join(str(Personne._meta.get_field(cle).verbose_name) for cle in changes)
    inscrire(journal.CORRIGEE, objet=personne, par=par, champs=noms)
    return personne


def _verifier_adresse(personne, courriel: str, par, confirmes) -> None:
    autre = personnes.a_l_adresse(courriel, personne.atelier)
    if autre is not None and autre.pk != personne.pk:
        vue = visibles_par(par).filter(pk=autre.pk).exists()
        raise AdresseDejaPrise(autre if vue else None)
    comptes = Utilisateur.objects.filter(email__iexact=courriel)
    if personne.utilisateur_id and comptes.exclude(pk=personne.utilisateur_id).exists():
        confirmer(
            AUTRE_COMPTE,
            "Cette adresse est celle d’un autre compte que celui de cette personne : sa fiche y "
            "sera liée. Cochez si elle a changé de compte.",
            confirmes,
            champ="courriel",
        )
