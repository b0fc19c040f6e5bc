"""What a consultation holds back: no other way to a team while it is not decided."""

from functools import partial

from django.urls import reverse

from ateliers.cadrage.choix_declare import ChoixDeclare, Lettres, declarer
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.domaine.lettres import envoi_retenu, jours_annonces, lettres_parties_le
from ateliers.marche.domaine.offres import manques_ouvrir
from ateliers.marche.domaine.reglement import manques_fixer
from ateliers.marche.domaine.suite import suite_du_choix
from ateliers.marche.models import Offre
from socle.erreurs import Manque


@declarer
def choix_en_cours(atelier) -> ChoixDeclare | None:
    consultation = en_cours(atelier)
    if consultation is None:
        return None
    if consultation.etat != EtatConsultation.ATTRIBUEE:
        return ChoixDeclare(
            [
                Manque(
                    "Une consultation est en cours : l’équipe sera celle de l’offre retenue.",
                    reverse("ateliers:marche", args=[atelier.slug]),
                )
            ],
            suite=partial(_suite, atelier, consultation),
        )
    retenue = Offre.objects.filter(consultation=consultation, retenue=True).first()
    if retenue is None:
        return ChoixDeclare(suite=partial(_suite, atelier, consultation))
    return ChoixDeclare(
        mandataire=retenue.mandataire,
        prix_ht=retenue.prix_ht,
        lettres=lambda: Lettres(
            consultation.offres.filter(ouverte_le__isnull=False, retenue=False).count(),
            lettres_parties_le(consultation),
            jours_annonces(consultation),
        ),
        suite=partial(_suite, atelier, consultation),
    )


def _suite(atelier, consultation) -> tuple[str, str]:
    return suite_du_choix(
        atelier,
        consultation,
        manques=partial(_manques, consultation),
        envoi=partial(envoi_retenu, consultation),
    )


def _manques(consultation):
    if consultation.etat == EtatConsultation.PREPARATION:
        return manques_fixer(consultation)
    return manques_ouvrir(consultation)
