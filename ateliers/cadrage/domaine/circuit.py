"""What the mode of the dispositif changes in the way a cahier des charges leaves, in words."""

from __future__ import annotations

from dataclasses import dataclass

from ateliers.cadrage.choix import NiveauVisa
from ateliers.cadrage.domaine.visas import REGIONAUX


@dataclass(frozen=True)
class Envoi:
    titre: str
    libelle: str
    explication: str
    aide_destinataires: str


APPEL = Envoi(
    "Envoi aux équipes",
    "Noter l’envoi aux équipes",
    "Le cahier des charges part sur PLACE, avec la consultation.",
    "La référence de la consultation sur PLACE, ou le nom de l’équipe.",
)
COMMANDE = Envoi(
    "Envoi au titulaire",
    "Noter l’envoi au titulaire",
    "Ce dispositif se passe de consultation : le cahier des charges est remis au titulaire de "
    "l’accord-cadre, avec le bon de commande.",
    "Le nom du titulaire de l’accord-cadre.",
)


def envoi_de(atelier) -> Envoi:
    return APPEL if atelier.dispositif.avec_appel_equipes else COMMANDE


def sans_visa_regional(atelier, visas) -> str:
    """Why no regional service is in this circuit; nothing when one is."""
    if any(visa.niveau == NiveauVisa.DREAL for visa in visas):
        return ""
    if any(
        visa.niveau == NiveauVisa.PILOTE and visa.organisme.nature in REGIONAUX for visa in visas
    ):
        return "Pas d’autre visa régional : le service pilote est lui-même le service de la région."
    if atelier.dispositif.avec_appel_equipes:
        return "Pas de visa de la DREAL : le circuit de ce dispositif n’en prévoit pas."
    return (
        "Pas de visa de la DREAL : la commande se passe sur un accord-cadre de la DGALN, sans "
        "consultation ; le circuit de ce dispositif ne demande que le service pilote et la DGALN."
    )
