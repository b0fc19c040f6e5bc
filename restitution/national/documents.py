"""The national book as one PDF."""

from restitution.national import droits
from restitution.national.contexte import lire_publication
from restitution.national.lecture import PublicationLue
from restitution.national.models import Publication
from socle.documents.declaration import DeclarationDocument, declarer


def _visible(utilisateur, publication) -> bool:
    return publication.publiee or droits.peut_composer(utilisateur)


PUBLICATION = declarer(
    DeclarationDocument(
        cle="publication",
        titre="Publication nationale",
        gabarit="documents/publication.html",
        feuilles_style=("documents/feuille.css", "documents/publication.css"),
        modele=PublicationLue,
        contexte=lire_publication,
        visible=_visible,
        charger=lambda identifiant: Publication.objects.select_related("rencontre").get(
            pk=identifiant
        ),
        nom_fichier=lambda publication: f"{publication.slug}.pdf",
    )
)
