"""Composing the national book: foreword, chapters in order, lessons, then the PDF."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from ateliers.parcours import droits as droits_ateliers
from restitution.national import journal
from restitution.national.cycle_de_vie import CYCLE
from restitution.national.domaine.rencontres import exiger_dgaln
from restitution.national.models import ChapitrePublication, Publication
from socle.documents.domaine import demander
from socle.erreurs import (
    ActionInterdite,
    ConflitDeVersion,
    ElementsManquants,
    Manque,
    TransitionImpossible,
)
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire

CLE_PDF = "publication"


def _verrouiller(publication_id: int, par) -> Publication:
    exiger_dgaln(par)
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)


def _adresse_libre(titre: str) -> str:
    base = en_adresse(titre)[:100] or "publication"
    adresse, rang = base, 2
    while Publication.objects.filter(slug=adresse).exists():
        adresse, rang = f"{base}-{rang}", rang + 1
    return adresse


@transaction.atomic
def enregistrer_publication(
    *,
    titre,
    sous_titre="",
    avant_propos="",
    rencontre=None,
    enseignements=(),
    publication=None,
    revision: int = 0,
    par,
) -> Publication:
    if publication is None:
        exiger_dgaln(par)
        publication = Publication(slug=_adresse_libre(titre))
    else:
        publication = _verrouiller(publication.pk, par)
        if publication.publiee:
            raise TransitionImpossible(
                "Cette publication est en ligne : retirez-la pour la modifier."
            )
        if publication.revision != revision:
            raise ConflitDeVersion(publication)
        publication.revision += 1
    publication.titre, publication.sous_titre = titre.strip(), sous_titre.strip()
    publication.avant_propos, publication.rencontre = avant_propos.strip(), rencontre
    publication.save()
    publication.enseignements.set(enseignements)
    inscrire(journal.PUBLICATION, objet=publication, par=par, titre=publication.titre)
    return publication


def _en_preparation(publication_id: int, par) -> Publication:
    publication = _verrouiller(publication_id, par)
    if publication.publiee:
        raise TransitionImpossible("Cette publication est en ligne : ses carnets ne changent plus.")
    return publication


@transaction.atomic
def ajouter_chapitre(*, publication, atelier, chapeau: str = "", par) -> ChapitrePublication:
    publication = _en_preparation(publication.pk, par)
    if not droits_ateliers.visibles_par(par).filter(pk=atelier.pk).exists():
        raise ActionInterdite("Vous ne suivez pas cet atelier.")
    if publication.chapitres.filter(atelier=atelier).exists():
        raise TransitionImpossible("Cet atelier est déjà dans la publication.")
    rang = (publication.chapitres.aggregate(dernier=Max("ordre"))["dernier"] or 0) + 1
    chapitre = ChapitrePublication.objects.create(
        publication=publication, atelier=atelier, ordre=rang, chapeau=chapeau.strip()
    )
    inscrire(journal.CHAPITRE, objet=publication, par=par, atelier=atelier.nom)
    return chapitre


@transaction.atomic
def retirer_chapitre(*, chapitre, par) -> None:
    publication = _en_preparation(chapitre.publication_id, par)
    inscrire(journal.CHAPITRE_RETIRE, objet=publication, par=par, atelier=chapitre.atelier.nom)
    chapitre.delete()
    _ordonner(list(publication.chapitres.order_by("ordre")))


@transaction.atomic
def deplacer_chapitre(*, chapitre, sens: str, par) -> None:
    publication = _en_preparation(chapitre.publication_id, par)
    liste = list(publication.chapitres.order_by("ordre"))
    place = [c.pk for c in liste].index(chapitre.pk)
    voisin = place - 1 if sens == "monter" else place + 1
    if not 0 <= voisin < len(liste):
        return
    liste[place], liste[voisin] = liste[voisin], liste[place]
    _ordonner(liste)
    inscrire(journal.CHAPITRE_DEPLACE, objet=publication, par=par, atelier=chapitre.atelier.nom)


def _ordonner(chapitres) -> None:
    for rang, chapitre in enumerate(chapitres, start=1):
        if chapitre.ordre != rang:
            chapitre.ordre = rang
            chapitre.save(update_fields=["ordre"])


def manques_pour_publier(publication) -> list[Manque]:
    manques = []
    if not publication.avant_propos.strip():
        manques.append(Manque("L’avant-propos n’est pas écrit."))
    if not publication.chapitres.exists():
        manques.append(Manque("Aucun carnet n’est choisi."))
    elif publication.chapitres.filter(atelier__public=False).exists():
        manques.append(Manque("Un des ateliers choisis n’a pas de page publique."))
    return manques


@transaction.atomic
def publier_publication(*, publication, par) -> Publication:
    publication = _verrouiller(publication.pk, par)
    CYCLE.verifier(publication, "publier")
    if manques := manques_pour_publier(publication):
        raise ElementsManquants(manques)
    CYCLE.appliquer(publication, "publier")
    publication.publiee_le = timezone.now()
    publication.save(update_fields=["etat", "publiee_le"])
    inscrire(journal.PUBLIEE, objet=publication, par=par, titre=publication.titre)
    demander(CLE_PDF, objet=publication, par=par)
    return publication


@transaction.atomic
def depublier_publication(*, publication, motif: str, par) -> Publication:
    publication = _verrouiller(publication.pk, par)
    CYCLE.appliquer(publication, "depublier", motif=motif)
    publication.publiee_le = None
    publication.save(update_fields=["etat", "publiee_le"])
    inscrire(journal.DEPUBLIEE, objet=publication, par=par, motif=motif, titre=publication.titre)
    return publication
