"""Consultations that fill the addresses of the room « marche »."""

from ateliers.marche.models import FichierOffre, Offre
from tests.factories import marche as fabrique
from tests.matrices.decor import decor


def _slug(consultation):
    return {"slug": consultation.atelier.slug}


@decor("marche_preparation")
def preparation(distribution):
    return _slug(fabrique.faire_preparation(distribution))


@decor("marche_recueil")
def recueil(distribution):
    return _slug(fabrique.faire_recueil(distribution))


@decor("offre_scellee")
def offre_scellee(distribution):
    consultation = fabrique.faire_recueil(distribution)
    return _slug(consultation) | {"pk": fabrique.recevoir(distribution, consultation).pk}


def _ouverte(distribution):
    consultation = fabrique.faire_analyse(distribution, prix=("80000",))
    return consultation, Offre.objects.get(consultation=consultation)


@decor("offre_ouverte")
def offre_ouverte(distribution):
    consultation, offre = _ouverte(distribution)
    return _slug(consultation) | {"pk": offre.pk}


@decor("offre_premiere")
def offre_premiere(distribution):
    consultation = fabrique.faire_classee(distribution, notes=(4,), prix=("80000",))
    return _slug(consultation) | {"pk": Offre.objects.get(consultation=consultation).pk}


@decor("fichier_offre")
def fichier_offre(distribution):
    consultation, offre = _ouverte(distribution)
    return _slug(consultation) | {"pk": FichierOffre.objects.get(offre=offre).pk}


@decor("fichier_scelle")
def fichier_scelle(distribution):
    objet = offre_scellee(distribution)
    return objet | {"pk": FichierOffre.objects.get(offre=objet["pk"]).pk}
