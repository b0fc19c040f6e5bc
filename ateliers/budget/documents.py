"""An avenant or an order to sign, written from what is recorded."""

from __future__ import annotations

from ateliers.budget.choix import GenrePiece
from ateliers.budget.droits import peut_voir_budget
from ateliers.budget.models import OrdreService, PieceContrat
from ateliers.cadrage.choix import NatureContrat, RoleMembre
from ateliers.cadrage.models import Equipe
from ateliers.cadrage.models.contrat import CENTIME
from ateliers.parcours.droits import visibles_par
from socle.comptes.domaine.telephone import telephone_lisible
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte, montant

PIECE = "piece_contrat"
ENGAGEMENT = (
    "Après avoir pris connaissance du cahier des charges et des pièces de la consultation, le "
    "titulaire s’engage à exécuter les prestations demandées, aux conditions ci-dessus."
)
COMMANDE = (
    "Les prestations sont commandées et exécutées aux conditions de l’accord-cadre et du cahier "
    "des charges de l’atelier."
)


class ContextePiece(ContexteFige):
    intitule: str
    atelier: str
    reference: str
    service: str
    adresse_service: list[str]
    telephone_service: str = ""
    contrat: str
    titulaire: str
    adresse_titulaire: list[str]
    objet: str
    lignes: list[str]
    cloture: str = "Les autres clauses du contrat restent inchangées."


def contexte(piece: PieceContrat) -> ContextePiece:
    contrat, atelier = piece.contrat, piece.contrat.atelier
    objet, lignes, plus = "", [], {}
    if piece.genre == GenrePiece.ACTE:
        objet = contrat.objet or f"Assistance à maîtrise d’ouvrage de l’atelier « {atelier.nom} »"
        lignes = _lignes_acte(contrat)
        bon = contrat.nature == NatureContrat.BON_DE_COMMANDE
        plus = {"cloture": COMMANDE if bon else ENGAGEMENT}
    elif piece.genre == GenrePiece.AVENANT:
        avenant = contrat.avenants.get(numero=piece.rang)
        anterieurs = contrat.avenants.filter(numero__lt=piece.rang)
        avant = contrat.montant_ht + sum(a.montant_ht for a in anterieurs)
        objet = avenant.objet
        lignes = [
            f"Montant avant cet avenant : {montant(avant)}",
            f"Incidence de l’avenant : {montant(avenant.montant_ht)}",
            f"Nouveau montant : {montant(avant + avenant.montant_ht)}",
        ]
    elif piece.genre == GenrePiece.ORDRE:
        ordre = OrdreService.objects.get(contrat=contrat, numero=piece.rang)
        objet = ordre.objet
        lignes = [
            f"Émis le {date_courte(ordre.emis_le)}",
            f"Prend effet le {date_courte(ordre.effet_le)}",
            "Cet ordre de service ne change pas le montant du contrat.",
        ]
    return ContextePiece(
        intitule=str(piece),
        atelier=atelier.nom,
        reference=atelier.reference,
        service=atelier.service_pilote.nom,
        adresse_service=atelier.service_pilote.adresse.splitlines(),
        telephone_service=telephone_lisible(atelier.service_pilote.telephone),
        contrat=str(contrat),
        titulaire=contrat.titulaire.nom,
        adresse_titulaire=contrat.titulaire.adresse.splitlines(),
        objet=objet,
        lignes=lignes,
        **plus,
    )


def _lignes_acte(contrat) -> list[str]:
    """Who is bound, and for how much: the amounts are those of the day the contract was written."""
    equipe = Equipe.objects.filter(atelier=contrat.atelier).prefetch_related("membres").first()
    membres = equipe.membres.all() if equipe else []
    cotraitants = [m.nom for m in membres if m.role == RoleMembre.COTRAITANT and not m.suppleant]
    tva = (contrat.montant_ht * contrat.taux_tva / 100).quantize(CENTIME)
    taux = f"{contrat.taux_tva.normalize():f}".replace(".", ",")
    return [
        f"Titulaire, mandataire du groupement : {contrat.titulaire.nom}",
        *([f"Cotraitants : {', '.join(cotraitants)}"] if cotraitants else []),
        f"Montant : {montant(contrat.montant_ht)}",
        f"TVA à {taux}\u00a0% : {montant(tva, '')}",
        f"Montant toutes taxes comprises : {montant(contrat.montant_ht + tva, 'TTC')}",
    ]


def _visible(utilisateur, piece) -> bool:
    atelier = piece.contrat.atelier
    connu = visibles_par(utilisateur).filter(pk=atelier.pk).exists()
    return connu and peut_voir_budget(utilisateur, atelier)


declarer(
    DeclarationDocument(
        cle=PIECE,
        titre="Pièce du contrat",
        gabarit="documents/piece_contrat.html",
        modele=ContextePiece,
        contexte=contexte,
        visible=_visible,
        charger=lambda identifiant: PieceContrat.objects.select_related(
            "contrat__atelier__service_pilote", "contrat__titulaire"
        ).get(pk=identifiant),
        nom_fichier=lambda piece: f"{piece.genre}-{piece.rang}-contrat-{piece.contrat_id}.pdf",
    )
)
