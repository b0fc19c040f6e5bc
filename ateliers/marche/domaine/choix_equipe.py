"""The ranking of the offers, and the act that keeps one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.couverture import couverture
from ateliers.cadrage.domaine.equipe import composer_equipe
from ateliers.marche import journal
from ateliers.marche.calcul.lecture import apports_offre, classement
from ateliers.marche.cycle_de_vie import CYCLE_CONSULTATION
from ateliers.marche.documents import RAPPORT
from ateliers.marche.domaine.commun import preparer
from ateliers.marche.models import Offre
from socle.comptes.choix import NatureOrganisme
from socle.comptes.domaine.collectivites import organisme_nomme
from socle.documents.domaine import demander
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, confirmer
from socle.journal.domaine import inscrire

COMPETENCES = "competences"


def competences_manquantes(atelier, offre) -> list[str]:
    """What of the skills asked by the cahier des charges this team lacks, in words."""
    lues = couverture(demandees(atelier), apports_offre(offre))
    return [ligne.manque for ligne in lues if ligne.manque]


def manques_attribuer(consultation) -> list[Manque]:
    """Offers whose consensus is not written."""
    return manques_des_offres(consultation.offres.all())


def manques_des_offres(offres) -> list[Manque]:
    """The same, from offers already read."""
    ouvertes = [offre for offre in offres if offre.ouverte_le and not offre.ecartee]
    if not ouvertes:
        return [Manque("Toutes les offres sont écartées : déclarez la consultation sans suite.")]
    return [
        Manque(f"La note de l’offre n° {offre.numero} ({offre}) n’est pas arrêtée.")
        for offre in ouvertes
        if offre.consensus_le is None
    ]


@transaction.atomic
def retenir(*, offre, par, motif, confirmes: frozenset[str] = frozenset()):
    """Keep the first of the ranking (or one of the first ex æquo): it becomes the team.

    Skills that the cahier des charges asks and it lacks are confirmed; `motif` goes to the report.
    The letters wait for their signatory and the remedies: `lettres.preparer` makes them.
    """
    consultation = preparer(offre.consultation.atelier, par, "attribuer", motif=motif)
    if manques := manques_attribuer(consultation):
        raise ElementsManquants(manques)
    lignes = classement(consultation)
    premieres = {ligne.cle for ligne in lignes if ligne.rang == 1}
    if offre.pk not in premieres:
        raise ErreurMetier(
            "Seule l’offre classée première se retient ; si elle ne peut pas l’être, écartez-la "
            "avec son motif."
        )
    offre = Offre.objects.select_for_update().get(pk=offre.pk)
    if manquent := competences_manquantes(consultation.atelier, offre):
        dites = "\u00a0; ".join(manquent)
        confirmer(COMPETENCES, f"Il manque à cette équipe\u00a0: {dites}.", confirmes)
    offre.retenue = True
    offre.save(update_fields=["retenue"])
    _clore(consultation, "attribuer", motif, lignes)
    _former_equipe(consultation.atelier, offre, par)
    inscrire(journal.RETENUE, objet=consultation.atelier, par=par, motif=motif, numero=offre.numero)
    consultation.refresh_from_db()
    demander(RAPPORT, objet=consultation, par=par)
    return consultation


def _clore(consultation, verbe, motif, lignes=()) -> None:
    CYCLE_CONSULTATION.appliquer(consultation, verbe, motif=motif)
    consultation.motif, consultation.close_le = motif, timezone.now()
    consultation.classement = [
        {"offre": ligne.cle, "rang": ligne.rang, "total": str(ligne.total)} for ligne in lignes
    ]
    consultation.save(update_fields=["etat", "motif", "close_le", "classement"])


def _former_equipe(atelier, offre, par) -> None:
    """The team of the offer becomes that of the atelier; its mandataire gains access to it."""
    composer_equipe(
        atelier=atelier,
        par=par,
        mandataire=organisme_nomme(nom=offre.mandataire, nature=NatureOrganisme.BUREAU_ETUDES),
        discipline=offre.discipline,
        jours=offre.jours,
        membres=list(offre.membres.values("nom", "discipline", "role", "jours")),
    )


@transaction.atomic
def abandonner(*, atelier, par, motif):
    """No team comes of this consultation; unopened envelopes stay sealed for good."""
    consultation = preparer(atelier, par, "abandonner", motif=motif)
    _clore(consultation, "abandonner", motif)
    inscrire(journal.SANS_SUITE, objet=consultation.atelier, par=par, motif=motif)
    return consultation
