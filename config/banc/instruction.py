"""Evaluations and their notes, avis, decisions published or in preparation, journal."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.journal import REDIGEE
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import SensAvis, SensDecision
from candidatures.instruction.models import (
    Avis,
    Decision,
    DemandeComplement,
    Evaluation,
    NoteCritere,
    PublicationDecisions,
    Reorientation,
)
from config.banc.textes import note, phrase
from socle.journal.models import Entree

LOT = 4000
EVALUATIONS = 3  # per candidature of the base, held by those that were evaluated
EVALUEES = (E.EN_EVALUATION, E.PRESELECTIONNEE, E.RETENUE, E.NON_RETENUE)
PUBLIEES = {E.PRESELECTIONNEE, E.RETENUE, E.NON_RETENUE}


def instruire(monde, candidatures, criteres) -> None:
    evaluees = [c for c in candidatures if c.etat in EVALUEES]
    _evaluations(monde, evaluees, criteres, EVALUATIONS * len(candidatures))
    _moyennes()
    deposees = [c for c in candidatures if c.deposee_le]
    _avis(monde, deposees)
    _decisions(monde, candidatures)
    _complements(monde, [c for c in candidatures if c.etat == E.A_COMPLETER])
    _reorientations(monde, [c for c in candidatures if c.etat == E.REORIENTEE])
    _journal(monde, candidatures)


def _evaluations(monde, evaluees, criteres, nombre) -> None:
    """As many each, `nombre` in all; one in ten of the open ones is not filed."""
    hasard, maintenant = monde.hasard, timezone.now()
    par_dossier, reste = divmod(nombre, len(evaluees))
    toutes, pk = [], 0
    for rang, c in enumerate(evaluees):
        combien = par_dossier + (rang < reste)
        for evaluateur in hasard.sample(monde.evaluateurs, combien):
            pk += 1
            en_cours = c.etat == E.EN_EVALUATION and hasard.random() < 0.1
            toutes.append(
                Evaluation(
                    pk=pk,
                    candidature=c,
                    evaluateur=evaluateur,
                    confiee_le=maintenant - timedelta(days=40),
                    confiee_par=monde.dgaln,
                    echeance=timezone.localdate() + timedelta(days=10),
                    synthese=note(hasard, 4),
                    modifiee_le=maintenant,
                    depose_le=None if en_cours else maintenant - timedelta(days=5),
                )
            )
    Evaluation.objects.bulk_create(toutes, batch_size=LOT)
    for debut in range(0, len(toutes), LOT):
        NoteCritere.objects.bulk_create(
            [
                NoteCritere(
                    evaluation=e,
                    critere=critere,
                    note=hasard.randint(0, 5),
                    remarque=phrase(hasard),
                )
                for e in toutes[debut : debut + LOT]
                for critere in criteres
            ],
            batch_size=LOT,
        )


def _moyennes() -> None:
    """As the deposit of each evaluation writes it."""
    with connection.cursor() as curseur:
        curseur.execute(
            "update candidatures_evaluation e set moyenne = m.moyenne from ("
            " select n.evaluation_id,"
            " round(sum(n.note * c.poids)::numeric(40, 20) / sum(c.poids), 20)"
            " as moyenne from candidatures_notecritere n"
            " join candidatures_critere c on c.id = n.critere_id group by n.evaluation_id"
            ") m where m.evaluation_id = e.id and e.depose_le is not null"
        )


def _avis(monde, deposees) -> None:
    """Two per dossier: the DREAL of the region and a neighbouring DDT; two in three are given."""
    hasard, maintenant, toutes, consultes = monde.hasard, timezone.now(), [], []
    services = list(monde.ddt.values())
    for c in deposees:
        departement = next(d for d, p in monde.ddt.items() if p.pk == c.cree_par_id)
        dreal = monde.dreal[monde.regions[departement]]
        voisine = hasard.choice([s for s in services if s.pk != c.cree_par_id])
        for personne in (dreal, voisine):
            rendu = hasard.random() < 0.66
            toutes.append(
                Avis(
                    candidature=c,
                    organisme_id=personne.organisme_id,
                    auteur=personne if rendu else None,
                    question="Ce projet est-il cohérent avec la planification ?",
                    sens=hasard.choice(SensAvis.values) if rendu else "",
                    texte=note(hasard, 5) if rendu else "",
                    demande_le=maintenant - timedelta(days=30),
                    demande_par=monde.dgaln,
                    echeance=timezone.localdate() + timedelta(days=5),
                    rendu_le=maintenant - timedelta(days=3) if rendu else None,
                )
            )
            consultes.append(
                Candidature.consultes.through(
                    candidature_id=c.pk, organisme_id=personne.organisme_id
                )
            )
    Avis.objects.bulk_create(toutes, batch_size=LOT)
    Candidature.consultes.through.objects.bulk_create(consultes, batch_size=LOT)


def _decisions(monde, candidatures) -> None:
    """Published ones for what is decided; in preparation for 150 of the national appel."""
    maintenant, toutes = timezone.now(), []
    acte = PublicationDecisions.objects.create(publiee_le=maintenant, par=monde.dgaln)
    for rang, c in enumerate(candidatures):
        if c.etat in PUBLIEES:
            sens, publication = c.etat, acte
        elif rang < 150:
            sens = SensDecision.RETENUE if rang % 5 == 0 else SensDecision.NON_RETENUE
            publication = None
        else:
            continue
        toutes.append(
            Decision(
                candidature=c,
                sens=sens,
                motif=note(monde.hasard, 3),
                preparee_par=monde.dgaln,
                preparee_le=maintenant,
                publication=publication,
            )
        )
    Decision.objects.bulk_create(toutes, batch_size=LOT)


def _complements(monde, a_completer) -> None:
    DemandeComplement.objects.bulk_create(
        DemandeComplement(
            candidature=c,
            motif=phrase(monde.hasard),
            echeance=timezone.localdate() + timedelta(days=20),
            demandee_le=timezone.now(),
            demandee_par=monde.dgaln,
        )
        for c in a_completer
    )


def _reorientations(monde, reorientees) -> None:
    Reorientation.objects.bulk_create(
        Reorientation(
            candidature=c,
            vers_dispositif_id="flash",
            motif=phrase(monde.hasard),
            le=timezone.now(),
            par=monde.dgaln,
        )
        for c in reorientees
    )


def _journal(monde, candidatures) -> None:
    """Eight lines each, as a real procedure leaves."""
    debut = timezone.now() - timedelta(days=100)
    Entree.objects.bulk_create(
        [
            Entree(
                action=REDIGEE,
                objet_type="candidatures.candidature",
                objet_id=str(c.pk),
                auteur_id=c.cree_par_id,
                quand=debut + timedelta(days=i),
                details={"partie": "Objet de l’atelier"},
            )
            for c in candidatures
            for i in range(8)
        ],
        batch_size=LOT,
    )
