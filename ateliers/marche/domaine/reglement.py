"""Before the opening: criteria, weights, price formula, dates, skills asked, analysts."""

import json
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.models import AppelEquipes
from ateliers.marche import journal
from ateliers.marche.choix import Departage, FormulePrix
from ateliers.marche.cycle_de_vie import CYCLE_CONSULTATION
from ateliers.marche.domaine.commun import preparer
from ateliers.marche.droits import peut_etre_analyste
from ateliers.marche.models import Analyste, Critere, Fiche
from ateliers.parcours.domaine.cycle import verifier_revision
from socle.erreurs import ElementsManquants, ErreurMetier, Manque
from socle.interface.templatetags.interface import date_courte, date_longue
from socle.journal.domaine import inscrire

TOTAL = 100
USAGE = Path(__file__).parent.parent / "donnees" / "criteres.json"
ANALYSTES_AU_MOINS = 2


@lru_cache
def _usages() -> dict:
    return json.loads(USAGE.read_text(encoding="utf-8"))


def criteres_types(dispositif) -> dict | None:
    """What this dispositif usually weighs: `prix`, and `criteres` as the form reads them."""
    usage = _usages().get(dispositif.pk)
    if usage is None:
        return None
    champs = ("libelle", "poids", "aide")
    return {
        "prix": usage["prix"],
        "criteres": [dict(zip(champs, ligne, strict=True)) for ligne in usage["criteres"]],
    }


@transaction.atomic
def regler(*, atelier, par, criteres, poids_prix, formule, departage, ouverture_le, revision=0):
    """Write the whole règlement. `criteres`: dicts `libelle`, `poids`, `aide`."""
    consultation = preparer(atelier, par, "regler")
    verifier_revision(consultation, revision)
    if formule not in FormulePrix.values or departage not in Departage.values:
        raise ErreurMetier("Choisissez la formule du prix et ce qui départage.")
    if len({c["libelle"].strip().casefold() for c in criteres}) < len(criteres):
        raise ErreurMetier("Deux critères portent le même nom.")
    consultation.poids_prix, consultation.formule = poids_prix, formule
    consultation.departage, consultation.ouverture_le = departage, ouverture_le
    consultation.save(
        update_fields=["poids_prix", "formule", "departage", "ouverture_le", "revision"]
    )
    consultation.criteres.all().delete()
    Critere.objects.bulk_create(
        Critere(
            consultation=consultation,
            libelle=critere["libelle"].strip(),
            poids=critere["poids"],
            aide=critere.get("aide") or "",
            ordre=ordre,
        )
        for ordre, critere in enumerate(criteres, start=1)
    )
    inscrire(journal.REGLEMENT, objet=consultation.atelier, par=par)
    return consultation


def manques_fixer(consultation) -> list[Manque]:
    """What the règlement still lacks before it binds."""
    slug = consultation.atelier.slug
    manques, reglement = [], reverse("ateliers:marche_reglement", args=[slug])
    criteres = list(consultation.criteres.all())
    somme = sum(c.poids for c in criteres) + consultation.poids_prix
    if not criteres:
        manques.append(Manque("Écrivez au moins un critère technique.", reglement))
    elif somme != TOTAL:
        manques.append(
            Manque(f"Les poids, prix compris, font {somme} et doivent faire {TOTAL}.", reglement)
        )
    if consultation.ouverture_le is None:
        manques.append(Manque("Donnez la date limite de remise des offres.", reglement))
    elif consultation.ouverture_le <= timezone.now():
        manques.append(Manque("La date limite de remise des offres est passée.", reglement))
    appel = AppelEquipes.objects.filter(atelier=consultation.atelier).first()
    if phrase := _dates_en_desaccord(consultation, appel):
        manques.append(Manque(phrase, reglement))
    if appel is None:
        manques.append(
            Manque(
                "Consignez la référence de la consultation sur PLACE.",
                reverse("ateliers:appel_equipes", args=[slug]),
            )
        )
    return manques


def _dates_en_desaccord(consultation, appel) -> str:
    """The call and its règlement name one day only."""
    if appel is None or appel.cloture_le is None or consultation.ouverture_le is None:
        return ""
    jour = timezone.localdate(consultation.ouverture_le)
    if jour == appel.cloture_le:
        return ""
    return (
        f"La remise des offres est le {date_courte(jour)} au règlement et le "
        f"{date_courte(appel.cloture_le)} à l’appel consigné : accordez les deux dates."
    )


@transaction.atomic
def fixer(*, atelier, par):
    """From now on nothing of the règlement changes, and sealed offers may be recorded."""
    consultation = preparer(atelier, par, "fixer")
    if manques := manques_fixer(consultation):
        raise ElementsManquants(manques)
    CYCLE_CONSULTATION.appliquer(consultation, "fixer")
    consultation.save(update_fields=["etat"])
    inscrire(journal.FIXE, objet=consultation.atelier, par=par)
    return consultation


@transaction.atomic
def rouvrir_reglement(*, atelier, par, motif):
    """Possible as long as no offer was ever recorded."""
    consultation = preparer(atelier, par, "rouvrir_reglement", motif=motif)
    if consultation.offres.exists():
        raise ErreurMetier("Une offre est enregistrée : le règlement ne change plus.")
    CYCLE_CONSULTATION.appliquer(consultation, "rouvrir_reglement", motif=motif)
    consultation.save(update_fields=["etat"])
    inscrire(journal.ROUVERT, objet=consultation.atelier, par=par, motif=motif)
    return consultation


@transaction.atomic
def reporter(*, atelier, par, ouverture_le, motif):
    """Leave more time; never less."""
    consultation = preparer(atelier, par, "reporter", motif=motif)
    if ouverture_le <= consultation.ouverture_le:
        raise ErreurMetier("Un report donne plus de temps, jamais moins.", champ="jour")
    consultation.ouverture_le = ouverture_le
    consultation.save(update_fields=["ouverture_le"])
    inscrire(
        journal.REPORTE,
        objet=consultation.atelier,
        par=par,
        motif=motif,
        date=date_longue(ouverture_le),
    )
    return consultation


@transaction.atomic
def designer_analystes(*, atelier, par, personnes):
    """Agents of the State who will note the offers; whoever handed in a note stays."""
    consultation = preparer(atelier, par, "designer")
    if not all(peut_etre_analyste(personne) for personne in personnes):
        raise ErreurMetier("Un analyste est un agent de l’État.")
    gardes = {personne.pk for personne in personnes}
    partants = consultation.analystes.exclude(personne__in=gardes)
    rendues = Fiche.objects.filter(
        offre__consultation=consultation, analyste__in=partants.values("personne")
    )
    if rendues.exists():
        raise ErreurMetier("Un analyste a commencé à noter : il reste désigné.")
    partants.delete()
    for pk in sorted(gardes):
        Analyste.objects.get_or_create(consultation=consultation, personne_id=pk)
    inscrire(journal.ANALYSTES, objet=consultation.atelier, par=par)
    return consultation
