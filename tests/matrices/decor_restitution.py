"""Feuilles de route and publications that fill the addresses of the app."""

from restitution.feuilles.models import Action
from tests.factories import restitution as fabrique
from tests.matrices.decor import decor


def sans_documents(fabriquer):
    """Lay the stage without rendering any PDF."""
    from unittest.mock import patch

    def enveloppe(distribution):
        with (
            patch("restitution.engagement.domaine.actes.demander"),
            patch("restitution.national.domaine.publications.demander"),
        ):
            return fabriquer(distribution)

    return enveloppe


@decor("atelier_sans_feuille")
@sans_documents
def atelier_sans_feuille(distribution):
    return {"slug": fabrique.creer_atelier(distribution).slug}


def _feuille(etape):
    @sans_documents
    def fabriquer(distribution):
        return {"slug": getattr(fabrique, etape)(distribution).atelier.slug}

    return fabriquer


for _etape in ("redigee", "validee", "approuvee", "officialisee", "publiee"):
    decor(f"feuille_{_etape}")(_feuille(_etape))


@decor("feuille_signee")
@sans_documents
def feuille_signee(distribution):
    feuille = fabrique.signer(distribution, fabrique.approuvee(distribution), "elu", "etat")
    return {"slug": feuille.atelier.slug}


@decor("signature_elu")
@sans_documents
def signature_elu(distribution):
    feuille = fabrique.signer(distribution, fabrique.approuvee(distribution), "elu")
    return {"slug": feuille.atelier.slug, "signature_id": feuille.signatures.get().pk}


@decor("feuille_cote_elu")
@sans_documents
def feuille_cote_elu(distribution):
    return {"slug": fabrique.approuvee(distribution).atelier.slug, "cote": "elu"}


@decor("acte_sans_scan")
@sans_documents
def acte_sans_scan(distribution):
    feuille = fabrique.approuvee(distribution)
    approbation = feuille.approbations.get()
    return {
        "slug": feuille.atelier.slug,
        "genre": "deliberations",
        "acte_id": approbation.pk,
    }


@decor("axe")
def axe(distribution):
    feuille = fabrique.redigee(distribution)
    return {"slug": feuille.atelier.slug, "axe_id": feuille.axes.get().pk}


@decor("axe_a_deplacer")
def axe_a_deplacer(distribution):
    return axe(distribution) | {"sens": "monter"}


@decor("action")
def action(distribution):
    feuille = fabrique.redigee(distribution)
    premiere = Action.objects.filter(axe__feuille=feuille).first()
    return {"slug": feuille.atelier.slug, "action_id": premiere.pk}


@decor("action_a_deplacer")
def action_a_deplacer(distribution):
    return action(distribution) | {"sens": "descendre"}


@decor("action_suivie")
@sans_documents
def action_suivie(distribution):
    feuille = fabrique.officialisee(distribution)
    premiere = Action.objects.filter(axe__feuille=feuille).first()
    return {"slug": feuille.atelier.slug, "action_id": premiere.pk}


@decor("point_etape")
@sans_documents
def point_etape(distribution):
    return {"slug": fabrique.officialisee(distribution).atelier.slug, "mois": 6}


def _publication(distribution, **options):
    atelier = fabrique.creer_atelier(distribution)
    return fabrique.publication(distribution, ateliers=[atelier], **options)


@decor("publication")
@sans_documents
def publication(distribution):
    return {"pk": _publication(distribution).pk}


@decor("publication_en_ligne")
@sans_documents
def publication_en_ligne(distribution):
    return {"pk": _publication(distribution, publier=True).pk}


@decor("publication_publique")
@sans_documents
def publication_publique(distribution):
    return {"slug": _publication(distribution, publier=True).slug}


@decor("chapitre")
@sans_documents
def chapitre(distribution):
    objet = _publication(distribution)
    return {"pk": objet.pk, "chapitre_id": objet.chapitres.get().pk}


@decor("chapitre_a_deplacer")
def chapitre_a_deplacer(distribution):
    return chapitre(distribution) | {"sens": "monter"}


@decor("enseignement")
@sans_documents
def enseignement(distribution):
    return {"pk": _publication(distribution).enseignements.get().pk}


@decor("rencontre")
def rencontre(distribution):
    from datetime import date

    from restitution.national.domaine.rencontres import enregistrer_rencontre

    objet = enregistrer_rencontre(
        titre="Rencontre", date=date(2026, 10, 1), lieu="Amiens", par=distribution.dgaln
    )
    return {"pk": objet.pk}
