"""Gathers the frozen reading of a publication. Only official feuilles are quoted."""

from restitution.engagement.contexte import lire_feuille, lire_territoire
from restitution.engagement.dessin import courbes
from restitution.feuilles.mise_en_forme import en_date, en_mois, en_nombre, paragraphes
from restitution.feuilles.models import FeuilleDeRoute
from restitution.national import lecture


def lire_publication(publication) -> lecture.PublicationLue:
    chapitres = publication.chapitres.select_related(
        "atelier__perimetre", "atelier__dispositif", "atelier__service_pilote"
    )
    return lecture.PublicationLue(
        titre=publication.titre,
        sous_titre=publication.sous_titre,
        date=en_mois(publication.publiee_le) if publication.publiee_le else "Document de travail",
        avant_propos=paragraphes(publication.avant_propos),
        carnets=tuple(_carnet(c, rang) for rang, c in enumerate(chapitres, start=1)),
        enseignements=tuple(_enseignement(e) for e in _enseignements(publication)),
        rencontre=_rencontre(publication.rencontre),
        courbes=courbes(publication.slug),
    )


def _enseignements(publication):
    return publication.enseignements.select_related("theme").prefetch_related("ateliers")


def _carnet(chapitre, rang: int) -> lecture.CarnetLu:
    feuille = FeuilleDeRoute.objects.filter(atelier=chapitre.atelier).first()
    if feuille is not None:
        feuille.atelier = chapitre.atelier
    return lecture.CarnetLu(
        id=chapitre.atelier_id,
        numero=rang,
        chapeau=paragraphes(chapitre.chapeau),
        territoire=lire_territoire(chapitre.atelier),
        feuille=lire_feuille(feuille) if feuille is not None and feuille.suivie else None,
    )


def _enseignement(enseignement) -> lecture.EnseignementLu:
    return lecture.EnseignementLu(
        id=enseignement.pk,
        titre=enseignement.titre,
        theme=enseignement.theme.libelle if enseignement.theme else "",
        texte=paragraphes(enseignement.texte),
        ateliers=", ".join(sorted(atelier.nom for atelier in enseignement.ateliers.all())),
    )


def _rencontre(rencontre) -> lecture.RencontreLue | None:
    if rencontre is None:
        return None
    participants = en_nombre(rencontre.participants) if rencontre.participants else ""
    return lecture.RencontreLue(
        titre=rencontre.titre,
        date=en_date(rencontre.date),
        lieu=rencontre.lieu,
        participants=participants,
        programme=paragraphes(rencontre.programme),
    )
