"""The register of offers: recorded sealed, withdrawn, opened together by one act."""

from __future__ import annotations

import json
from decimal import Decimal
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ateliers.cadrage.models import AppelEquipes
from ateliers.marche import journal
from ateliers.marche.cycle_de_vie import CYCLE_CONSULTATION
from ateliers.marche.domaine.commun import preparer
from ateliers.marche.droits import peut_lire_offre
from ateliers.marche.models import FichierOffre, MembreOffre, Offre
from ateliers.parcours.droits import exiger
from candidatures.dossiers.domaine.pieces import verifier_fichier
from socle import scellement
from socle.erreurs import ElementsManquants, ErreurMetier, Manque, MotifRequis
from socle.interface.templatetags.interface import date_longue
from socle.journal.domaine import inscrire


def _sujet(objet) -> str:
    return f"{objet._meta.model_name}:{objet.sceau}"


@transaction.atomic
def enregistrer(
    *,
    atelier,
    par,
    recue_le,
    mandataire,
    discipline,
    prix_ht,
    courriel="",
    jours=None,
    membres=(),
    fichiers=(),
):
    """Seal an offer received in time. `fichiers`: (name, bytes). Nobody reads it back before."""
    consultation = preparer(atelier, par, "enregistrer")
    if recue_le > consultation.ouverture_le:
        raise ErreurMetier("Arrivée hors délai, cette offre ne s’enregistre pas.", champ="jour")
    if recue_le > timezone.now():
        raise ErreurMetier("La réception ne peut pas être dans le futur.", champ="jour")
    contenu = {
        "mandataire": " ".join(mandataire.split()),
        "courriel": courriel,
        "discipline": discipline,
        "jours": jours,
        "prix_ht": prix_ht,
        "membres": _membres(membres),
        "fichiers": [],
    }
    if not contenu["mandataire"] or prix_ht <= 0:
        raise ErreurMetier("Une offre porte un mandataire et un prix positif.")
    lus = [(*verifier_fichier(nom, octets), octets) for nom, octets in fichiers]
    contenu["fichiers"] = [{"nom": nom, "mime": mime} for nom, mime, _ in lus]
    cle = scellement.nouvelle_cle()
    offre = Offre(
        consultation=consultation,
        numero=consultation.offres.count() + 1,
        recue_le=recue_le,
        enregistree_par=par,
    )
    octets = json.dumps(contenu, default=str, ensure_ascii=False).encode()
    offre.scelle = scellement.sceller(cle, scellement.ajuster(octets), _sujet(offre))
    offre.cle_scellee = scellement.envelopper(cle, _sujet(offre))
    offre.save()
    for rang, (_, _, octets) in enumerate(lus, start=1):
        _sceller_fichier(offre, rang, cle, octets)
    inscrire(journal.OFFRE, objet=consultation.atelier, par=par, numero=offre.numero)
    return offre


def _membres(membres) -> list[dict]:
    noms = [" ".join(m["nom"].split()).casefold() for m in membres]
    if len(set(noms)) < len(noms):
        raise ErreurMetier("Deux membres de l’équipe portent le même nom.")
    champs = ("nom", "discipline", "role", "jours")
    return [{champ: membre.get(champ) for champ in champs} for membre in membres]


def _sceller_fichier(offre, rang, cle, octets) -> None:
    fichier = FichierOffre(offre=offre, rang=rang)
    scelle = scellement.sceller(cle, octets, _sujet(fichier))
    fichier.fichier.save(uuid4().hex, ContentFile(scelle), save=False)
    fichier.save()


@transaction.atomic
def retirer(*, offre, par, motif):
    """Withdraw an offer before the opening: its key is forgotten, its number stays."""
    consultation = preparer(offre.consultation.atelier, par, "enregistrer")
    if not (motif or "").strip():
        raise MotifRequis()
    offre = Offre.objects.select_for_update().get(pk=offre.pk, consultation=consultation)
    if offre.retiree_le:
        raise ErreurMetier("Cette offre est déjà retirée.")
    offre.retiree_le, offre.motif_retrait, offre.cle_scellee = timezone.now(), motif, b""
    offre.save(update_fields=["retiree_le", "motif_retrait", "cle_scellee"])
    inscrire(journal.RETRAIT, objet=consultation.atelier, par=par, motif=motif, numero=offre.numero)
    return offre


def manques_ouvrir(consultation, maintenant=None) -> list[Manque]:
    """What the opening waits for."""
    manques = []
    if consultation.ouverture_le > (maintenant or timezone.now()):
        quand = date_longue(consultation.ouverture_le)
        manques.append(
            Manque(
                "La date limite de remise des offres n’est pas passée : les plis s’ouvrent après "
                f"le {quand}."
            )
        )
    if not consultation.offres.filter(retiree_le__isnull=True).exists():
        manques.append(
            Manque(
                "Aucune offre n’est enregistrée : enregistrez celles reçues sur PLACE, ou, si la "
                "date limite est passée sans offre, déclarez la consultation sans suite."
            )
        )
    return manques


@transaction.atomic
def ouvrir(*, atelier, par, avec):
    """The opening act: by the pilot, with a second person named, once the date has passed."""
    consultation = preparer(atelier, par, "ouvrir")
    avec = " ".join(avec.split())
    if not avec or avec.casefold() == par.nom_complet.casefold():
        raise ErreurMetier(
            "L’ouverture se fait à deux : nommez la seconde personne présente.", champ="avec"
        )
    maintenant = timezone.now()
    if manques := manques_ouvrir(consultation, maintenant):
        raise ElementsManquants(manques)
    offres = list(
        consultation.offres.select_for_update().filter(retiree_le__isnull=True).order_by("numero")
    )
    CYCLE_CONSULTATION.appliquer(consultation, "ouvrir")
    consultation.ouverte_le, consultation.ouverte_par = maintenant, par
    consultation.ouverte_avec = avec
    consultation.save(update_fields=["etat", "ouverte_le", "ouverte_par", "ouverte_avec"])
    for offre in offres:
        _reveler(offre, maintenant)
    AppelEquipes.objects.filter(atelier=consultation.atelier).update(offres_recues=len(offres))
    inscrire(journal.OUVERTURE, objet=consultation.atelier, par=par, nombre=len(offres), avec=avec)
    return consultation


def _reveler(offre, maintenant) -> None:
    cle = scellement.developper(offre.cle_scellee, _sujet(offre))
    contenu = json.loads(scellement.desceller(cle, offre.scelle, _sujet(offre)))
    offre.ouverte_le = maintenant
    offre.mandataire, offre.courriel = contenu["mandataire"], contenu["courriel"]
    offre.discipline, offre.jours = contenu["discipline"], _decimal(contenu["jours"])
    offre.prix_ht = _decimal(contenu["prix_ht"])
    offre.save(
        update_fields=["ouverte_le", "mandataire", "courriel", "discipline", "jours", "prix_ht"]
    )
    MembreOffre.objects.bulk_create(
        MembreOffre(
            offre=offre,
            nom=membre["nom"],
            discipline=membre["discipline"],
            role=membre["role"] or "cotraitant",
            jours=_decimal(membre["jours"]),
        )
        for membre in contenu["membres"]
    )
    fichiers = list(offre.fichiers.all())
    for fichier, lu in zip(fichiers, contenu["fichiers"], strict=True):
        fichier.nom, fichier.mime = lu["nom"], lu["mime"]
    FichierOffre.objects.bulk_update(fichiers, ["nom", "mime"])


def _decimal(texte):
    return Decimal(texte) if texte is not None else None


def lire_fichier(*, fichier, par) -> bytes:
    """The clear bytes of a file, for who may read the offer; the disk keeps them sealed."""
    exiger(peut_lire_offre(par, fichier.offre), "Cette offre ne se lit pas avant l’ouverture.")
    cle = scellement.developper(fichier.offre.cle_scellee, _sujet(fichier.offre))
    with fichier.fichier.open("rb") as contenu:
        return scellement.desceller(cle, contenu.read(), _sujet(fichier))
