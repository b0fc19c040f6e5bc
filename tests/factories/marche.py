"""Consultations at every stage, made by calling the verbs under a moved clock."""

from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import time_machine
from django.utils import timezone

from ateliers.cadrage.domaine import equipe
from ateliers.marche.domaine import analyse, offres, reglement
from ateliers.marche.models import Consultation, Offre
from tests.factories import participants as poses
from tests.factories.candidatures import PDF

CRITERES = [
    {"libelle": "Compréhension du territoire", "poids": 40},
    {"libelle": "Méthode d’animation", "poids": 40},
]
SECRETS = ("Atelier Fleuve-Bleu", "offres@fleuve-bleu.example", "Zoé Quatrepierres", "87654.32")


@contextmanager
def dans(**delai):
    """The clock moved by this much."""
    with time_machine.travel(timezone.now() + timedelta(**delai), tick=True):
        yield


def faire_preparation(distribution, **champs):
    atelier = poses.faire_atelier(distribution)
    atelier.etat = "cadrage"
    atelier.intervenants.clear()
    atelier.save(update_fields=["etat"])
    equipe.consigner_appel(
        atelier=atelier,
        par=distribution.ddt,
        reference_place="2026-AT-17",
        publie_le=timezone.localdate(),
    )
    valeurs = {
        "criteres": CRITERES,
        "poids_prix": 20,
        "formule": "proportionnelle",
        "departage": "technique",
        "ouverture_le": timezone.now() + timedelta(days=10),
    }
    return reglement.regler(atelier=atelier, par=distribution.ddt, **valeurs | champs)


def faire_recueil(distribution, **champs):
    consultation = faire_preparation(distribution, **champs)
    return reglement.fixer(atelier=consultation.atelier, par=distribution.ddt)


def recevoir(distribution, consultation, nom=SECRETS[0], prix="87654.32", **champs):
    valeurs = {
        "discipline": "urbanisme",
        "courriel": SECRETS[1],
        "jours": Decimal("12.5"),
        "membres": [
            {"nom": SECRETS[2], "discipline": "paysage", "role": "expert", "jours": Decimal(8)}
        ],
        "fichiers": [("memoire.pdf", PDF + b"% SECRET-DU-MEMOIRE")],
        "recue_le": timezone.now() - timedelta(minutes=1),
    }
    return offres.enregistrer(
        atelier=consultation.atelier,
        par=distribution.ddt,
        mandataire=nom,
        prix_ht=Decimal(prix),
        **valeurs | champs,
    )


def ouvrir(distribution, consultation):
    with dans(days=11):
        return offres.ouvrir(
            atelier=consultation.atelier, par=distribution.ddt, avec="Paul Vasseur, DREAL"
        )


def faire_analyse(distribution, prix=("80000", "100000"), **champs):
    """Opened, with two analysts; candidates « Agence 1 », « Agence 2 »…"""
    consultation = faire_recueil(distribution, **champs)
    reglement.designer_analystes(
        atelier=consultation.atelier,
        par=distribution.ddt,
        personnes=[distribution.ddt, distribution.dreal],
    )
    for rang, valeur in enumerate(prix, start=1):
        recevoir(distribution, consultation, nom=f"Agence {rang}", prix=valeur)
    return ouvrir(distribution, consultation)


def noter(distribution, offre, note, *, consensus=None):
    """Both analysts give this note to every criterion, then agree on it."""
    criteres = offre.consultation.criteres.all()
    for personne in (distribution.ddt, distribution.dreal):
        analyse.noter(
            offre=offre,
            par=personne,
            notes={c.pk: (note, "Vu.") for c in criteres},
            rendre=True,
        )
    valeur = note if consensus is None else consensus
    return analyse.arreter_consensus(
        offre=offre,
        par=distribution.ddt,
        notes={c.pk: (Decimal(valeur), "Argument solide.") for c in criteres},
    )


def faire_classee(distribution, notes=(4, 5), **champs):
    consultation = faire_analyse(distribution, **champs)
    for offre, note in zip(Offre.objects.filter(consultation=consultation), notes, strict=True):
        noter(distribution, offre, note)
    return Consultation.objects.get(pk=consultation.pk)
