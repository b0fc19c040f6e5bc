"""What else hangs on a dossier under instruction: labels, recusals, phases, messages, exports."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from candidatures.dossiers.models import Candidature
from candidatures.echanges.choix import Fil
from candidatures.echanges.models import LectureFil, Message
from candidatures.instruction.choix import GenrePhase, OrigineDeport
from candidatures.instruction.models import Deport, Etiquette, PhaseInstruction, PoseEtiquette
from config.banc.textes import note
from socle.exports.choix import EtatExport, FormatExport
from socle.exports.models import Export

LOT = 4000
ETIQUETTES = ("Littoral", "Montagne", "Ruralité", "Friche", "Eau", "Centre-bourg", "Mobilités")
EXPORTS = 60


def accompagner(monde, candidatures, appels) -> None:
    deposees = [c for c in candidatures if c.deposee_le]
    _phases(appels)
    _etiquettes(monde, deposees)
    _deports(monde, deposees)
    _messages(monde, deposees)
    _exports(monde)


def _phases(appels) -> None:
    """Dated, none of them blind: the evaluation is open."""
    aujourdhui = timezone.localdate()
    PhaseInstruction.objects.bulk_create(
        PhaseInstruction(
            appel=appel,
            genre=genre,
            debut=aujourdhui + timedelta(days=debut),
            fin=aujourdhui + timedelta(days=fin),
        )
        for appel in appels
        for genre, debut, fin in (
            (GenrePhase.RECEVABILITE, -60, -40),
            (GenrePhase.AVIS, -50, 10),
            (GenrePhase.EVALUATION, -40, 10),
        )
    )


def _etiquettes(monde, deposees) -> None:
    """One label on two dossiers out of three."""
    connues = Etiquette.objects.bulk_create(
        Etiquette(nom=f"{nom} (banc)", du_thesaurus=True, creee_par=monde.dgaln)
        for nom in ETIQUETTES
    )
    PoseEtiquette.objects.bulk_create(
        [
            PoseEtiquette(
                candidature=c, etiquette=monde.hasard.choice(connues), posee_par=monde.dgaln
            )
            for rang, c in enumerate(deposees)
            if rang % 3
        ],
        batch_size=LOT,
    )


def _deports(monde, deposees) -> None:
    """An evaluator recused from one dossier in ten, the DGALN agent from one in five hundred."""
    maintenant = timezone.now()
    confies = {}
    for pk, evaluateur in Candidature.objects.filter(evaluations__isnull=False).values_list(
        "pk", "evaluations__evaluateur_id"
    ):
        confies.setdefault(pk, set()).add(evaluateur)
    lignes = []
    for rang, c in enumerate(deposees):
        libres = [e for e in monde.evaluateurs if e.pk not in confies.get(c.pk, ())]
        personnes = [monde.hasard.choice(libres)] if rang % 10 == 0 else []
        personnes += [monde.dgaln] if rang % 500 == 499 else []
        lignes += [
            Deport(
                candidature=c,
                personne=p,
                origine=OrigineDeport.DECLARE,
                motif="Lien avec le territoire.",
                le=maintenant,
            )
            for p in personnes
        ]
    Deport.objects.bulk_create(lignes, batch_size=LOT)


def _messages(monde, deposees) -> None:
    """Two in each thread of each dossier; half of the threads were read before the second."""
    messages, lectures, maintenant = [], [], timezone.now()
    for rang, c in enumerate(deposees):
        for fil in Fil.values:
            messages += [
                Message(
                    candidature=c, fil=fil, auteur_id=c.cree_par_id, texte=note(monde.hasard, 2)
                )
                for _ in range(2)
            ]
            if rang % 2:
                lectures.append(
                    LectureFil(candidature=c, fil=fil, personne=monde.dgaln, lu_le=maintenant)
                )
    Message.objects.bulk_create(messages, batch_size=LOT)
    LectureFil.objects.bulk_create(lectures, batch_size=LOT)


def _exports(monde) -> None:
    """The centre of a busy person: more than one page of it."""
    Export.objects.bulk_create(
        Export(
            cle="candidatures",
            titre=f"Candidatures, relevé {rang}",
            demande_par=monde.dgaln,
            format=FormatExport.CSV,
            colonnes=["reference", "titre"],
            etat=EtatExport.EXPIRE,
            total=5000,
        )
        for rang in range(EXPORTS)
    )
