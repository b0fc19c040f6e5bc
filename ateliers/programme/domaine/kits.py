"""Kits: a déroulé to start from. Data, installed once, then kept by the ministry."""

import json
from datetime import time
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from ateliers.parcours.droits import exiger
from ateliers.programme import journal
from ateliers.programme.domaine.horaires import decalage_du_kit, minutes, moment
from ateliers.programme.domaine.photographie import photographier
from ateliers.programme.droits import peut_ecrire, peut_enregistrer_un_kit
from ateliers.programme.models import Arret, KitSeance, Visite
from ateliers.seances.domaine.agenda import verrouiller_seance
from ateliers.seances.domaine.preparation import verifier_vivante
from ateliers.seances.models import Sequence
from candidatures.dispositifs.models import Dispositif
from socle.erreurs import ErreurMetier, confirmer
from socle.interface.adresses import en_adresse
from socle.journal.domaine import inscrire

DONNEES = Path(__file__).parent.parent / "donnees" / "kits.json"
# A kit names no one and no place.
PERSONNELS = ("animateur", "animateur_courriel", "lieu")


def installer() -> None:
    """Add the missing kits; never touch those that exist."""
    connus = set(Dispositif.objects.values_list("code", flat=True))
    for ordre, kit in enumerate(json.loads(DONNEES.read_text(encoding="utf-8"))):
        if kit["dispositif"] in connus:
            defauts = {c: kit[c] for c in ("titre", "resume", "genre", "rang")}
            defauts |= {"dispositif_id": kit["dispositif"], "contenu": kit["sequences"]}
            KitSeance.objects.get_or_create(cle=kit["cle"], defaults=defauts | {"ordre": ordre})


def kits_pour(seance):
    """Those of its dispositif and kind; of its rank, or of none."""
    rangs = Q(rang__isnull=True) | Q(rang=seance.rang)
    dispositifs = Q(dispositif__isnull=True) | Q(dispositif=seance.atelier.dispositif_id)
    return KitSeance.objects.filter(rangs, dispositifs, genre=seance.genre)


@transaction.atomic
def partir_d_un_kit(*, seance, kit, par, confirmes=()) -> None:
    """Write the séquences of the kit. `confirmes`: « remplacer » when some are already there."""
    seance = verrouiller_seance(seance)
    exiger(peut_ecrire(par, seance.atelier))
    verifier_vivante(seance)
    if not kits_pour(seance).filter(pk=kit.pk).exists():
        raise ErreurMetier("Ce kit ne convient pas à cette séance.")
    if seance.sequences.exists():
        confirmer(
            "remplacer",
            "Le déroulé déjà écrit sera remplacé. Cochez si c’est bien ce que vous voulez.",
            confirmes,
        )
    seance.sequences.all().delete()
    decalage = decalage_du_kit(seance, kit.contenu)
    for ordre, ligne in enumerate(kit.contenu, start=1):
        _ecrire(seance, ordre, ligne, decalage if ligne.get("jour", 1) == 1 else 0)
    inscrire(journal.KIT, objet=seance.atelier, par=par, kit=kit.titre, seance=seance.titre)


def _apres(texte: str, decalage: int) -> time:
    return moment(minutes(time.fromisoformat(texte)) + decalage)


def _ecrire(seance, ordre, ligne, decalage) -> None:
    """`decalage`: minutes that the whole day is moved by."""
    textes = ("titre", "format", "public", "materiel")
    sequence = Sequence.objects.create(
        seance=seance,
        ordre=ordre,
        jour=ligne.get("jour", 1),
        debut=_apres(ligne["debut"], decalage),
        duree_min=ligne["duree_min"],
        **{champ: ligne.get(champ, "") for champ in textes},
    )
    if route := ligne.get("visite"):
        arrets = route.get("arrets", [])
        visite = Visite.objects.create(
            sequence=sequence, **{c: v for c, v in route.items() if c != "arrets"}
        )
        Arret.objects.bulk_create(
            Arret(visite=visite, ordre=n, **a | {"arrivee": _apres(a["arrivee"], decalage)})
            for n, a in enumerate(arrets, start=1)
        )


@transaction.atomic
def enregistrer_kit(*, seance, par, titre, resume="") -> KitSeance:
    """Keep this déroulé as a kit, without the names of people and places."""
    exiger(peut_enregistrer_un_kit(par), "Les kits sont tenus par la DGALN.")
    contenu = [
        {c: v for c, v in s.items() if c not in (*PERSONNELS, "cle")} for s in photographier(seance)
    ]
    if not contenu:
        raise ErreurMetier("Ce déroulé n’a encore aucune séquence.")
    cle = en_adresse(titre)[:60]
    if KitSeance.objects.filter(cle=cle).exists():
        raise ErreurMetier("Un kit porte déjà ce titre.", champ="titre")
    kit = KitSeance.objects.create(
        cle=cle,
        titre=titre,
        resume=resume,
        dispositif_id=seance.atelier.dispositif_id,
        genre=seance.genre,
        rang=seance.rang,
        contenu=contenu,
    )
    inscrire(journal.KIT_GARDE, objet=seance.atelier, par=par, kit=titre)
    return kit
