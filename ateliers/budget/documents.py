"""An avenant or an order to sign, written from what is recorded."""

from __future__ import annotations

from ateliers.budget.choix import GenrePiece
from ateliers.budget.droits import peut_voir_budget
from ateliers.budget.models import OrdreService, PieceContrat
from ateliers.parcours.droits import visibles_par
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte, montant

PIECE = "piece_contrat"


class ContextePiece(ContexteFige):
    intitule: str
    atelier: str
    reference: str
    service: str
    adresse_service: list[str]
    contrat: str
    titulaire: str
    adresse_titulaire: list[str]
    objet: str
    lignes: list[str]


def contexte(piece: PieceContrat) -> ContextePiece:
    contrat, atelier = piece.contrat, piece.contrat.atelier
    objet, lignes = "", []
    if piece.genre == GenrePiece.AVENANT:
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
        contrat=str(contrat),
        titulaire=contrat.titulaire.nom,
        adresse_titulaire=contrat.titulaire.adresse.splitlines(),
        objet=objet,
        lignes=lignes,
    )


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
