"""What a consultation holds back: no other way to a team while it is not decided."""

from django.urls import reverse

from ateliers.cadrage.choix_declare import ChoixDeclare, Lettres, declarer
from ateliers.marche.choix import EtatConsultation
from ateliers.marche.domaine.commun import en_cours
from ateliers.marche.domaine.lettres import jours_annonces, lettres_parties_le
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
            ]
        )
    retenue = Offre.objects.filter(consultation=consultation, retenue=True).first()
    if retenue is None:
        return ChoixDeclare()
    return ChoixDeclare(
        mandataire=retenue.mandataire,
        prix_ht=retenue.prix_ht,
        lettres=lambda: Lettres(
            consultation.offres.filter(ouverte_le__isnull=False, retenue=False).count(),
            lettres_parties_le(consultation),
            jours_annonces(consultation),
        ),
    )
