"""A document declared for the tests: about an organisme, seen by DGALN and by its members."""

from socle.comptes.choix import Role
from socle.comptes.models import Organisme
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer


class ContexteEssai(ContexteFige):
    nom: str


def _visible(utilisateur, organisme) -> bool:
    return utilisateur.is_authenticated and (
        utilisateur.a_le_role(Role.DGALN) or utilisateur.organisme_id == organisme.pk
    )


def _declarer(cle, gabarit="documents/base_rapport.html", feuilles_style=()):
    declarer(
        DeclarationDocument(
            cle=cle,
            titre="Fiche d’essai",
            gabarit=gabarit,
            feuilles_style=feuilles_style,
            modele=ContexteEssai,
            contexte=lambda organisme: ContexteEssai(nom=organisme.nom),
            visible=_visible,
            charger=lambda identifiant: Organisme.objects.get(pk=identifiant),
            nom_fichier=lambda organisme: f"fiche-{organisme.pk}.pdf",
        )
    )
    return cle


FICHE = _declarer("essai_fiche")
LETTRE = _declarer("essai_lettre", gabarit="documents/base_lettre.html")
CASSEE = _declarer("essai_cassee", feuilles_style=("documents/absente.css",))
