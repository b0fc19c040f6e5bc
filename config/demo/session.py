"""The session under review: dated phases, an anchored grid, recusals, a draw, notes that differ."""

from __future__ import annotations

from candidatures.appels.domaine import appels as verbes_appels
from candidatures.appels.models import Appel, Grille
from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.models import Candidature
from candidatures.instruction.choix import GenrePhase as G
from candidatures.instruction.domaine import (
    deports,
    evaluation,
    grilles,
    phases,
    recevabilite,
    saisie,
    tirage,
)
from candidatures.instruction.models import Evaluation
from config.demo import candidatures, distribution, echanges, horloge
from config.demo.formulaires import MATIERE
from socle.territoires.models import Commune

PRESENTATION = (
    "Littoraux, vallées et montagnes vivent les premiers les effets du changement climatique. La "
    "session accompagne six territoires volontaires pendant dix-huit mois, avec une équipe chacun, "
    "pour dessiner d’autres façons d’habiter, de travailler et d’accueillir. Elle en tirera des "
    "enseignements pour tous."
)
PHASES = {
    G.RECEVABILITE: (-100, -62),
    G.AVIS: (-61, 16),
    G.EVALUATION: (-60, 14),
    G.COMITE: (-18, 24),
    G.DECISION: (-15, 45),
}
GRAINE, PAR_DOSSIER, A_LIRE = 2026, 3, 4
SETE, ELUE, AUTEUR_D_ETUDE = "34301", 3, 2
MOTIF_ETUDE = "A dirigé l’étude de trait de côte de l’agglomération, remise l’an dernier."
MOTIF_REOUVERTURE = (
    "Deux territoires d’outre-mer attendaient la délibération de leur conseil, réuni après la "
    "saison des pluies."
)


def ouvrir(dgaln) -> Appel:
    ouverture, cloture = horloge.jour(-150), horloge.jour(-75)
    with horloge.le(ouverture, "08:30"):
        session = verbes_appels.creer_session(
            nom="Habiter avec l’eau et la pente",
            thematique="Littoraux, vallées et montagnes",
            problematique="Comment habiter, travailler et accueillir quand l’eau monte, manque ou "
            "déborde ?",
            annee_debut=ouverture.year,
            annee_fin=ouverture.year + 2,
            par=dgaln,
        )
        appel = verbes_appels.creer(
            dispositif=Dispositif.objects.get(pk="national"),
            titre="Session nationale : habiter avec l’eau et la pente",
            presentation=PRESENTATION,
            ouvre_le=horloge.instant(ouverture, "08:00"),
            ferme_le=horloge.instant(cloture, "17:00"),
            session=session,
            grille=Grille.objects.order_by("pk").first(),
            par=dgaln,
        )
        appel = verbes_appels.publier(appel=appel, par=dgaln)
    with horloge.le(horloge.jour(-148), "15:00"):
        _organiser(appel, dgaln)
    return Appel.objects.get(pk=appel.pk)


def _organiser(appel: Appel, dgaln) -> None:
    criteres = appel.grille.criteres.order_by("ordre")
    grilles.modifier_grille(
        appel=appel,
        criteres=[
            {"id": c.pk, "libelle": c.libelle, "aide": c.aide, "poids": poids, "ancres": ancres}
            for c, poids, ancres in zip(criteres, MATIERE["poids"], MATIERE["ancres"], strict=True)
        ],
        grille_lue=appel.grille_id,
        par=dgaln,
    )
    phases.dater_phases(
        appel=appel,
        periodes={
            genre: phases.Periode(horloge.jour(debut), horloge.jour(fin))
            for genre, (debut, fin) in PHASES.items()
        },
        par=dgaln,
    )


def instruire(appel: Appel, joues: dict[str, Candidature]) -> None:
    """From the admissible dossiers to the evaluations filed, and the shortlist published."""
    cast = distribution.installer_distribution()
    dgaln, evaluatrice = cast["dgaln@demo.example"], cast["evaluateur@demo.example"]
    jury = candidatures.membres_du_jury()
    fiches = [d for d in candidatures.lire() if d["appel"] == candidatures.SESSION]
    evaluees = [d for d in fiches if d["etat"] in candidatures.EVALUES]
    with horloge.le(horloge.jour(-61), "09:30"):
        _deporter(joues, jury, dgaln)
    with horloge.le(horloge.jour(-60), "10:00"):
        _tirer(appel, [joues[d["cle"]] for d in evaluees], dgaln)
    for donnees in evaluees:
        candidatures.demander_les_avis(joues[donnees["cle"]], donnees, dgaln, -58)
    echanges.demander_les_avis(joues, dgaln)
    _evaluer(joues, evaluees, evaluatrice)
    publiees = [d for d in evaluees if d["etat"] != "en_evaluation"]
    for donnees in publiees:
        candidatures.preparer(joues[donnees["cle"]], donnees["decision"], dgaln, -16, publiee=-14)
    candidatures.publier([joues[d["cle"]] for d in publiees], dgaln, -14)
    tardives = [joues[d["cle"]] for d in fiches if d["etat"] == "recevable"]
    _admettre_tardivement(appel, tardives, dgaln)
    _annoter([joues[d["cle"]] for d in evaluees], evaluatrice)


def _deporter(joues, jury, dgaln) -> None:
    """One recusal declared, one computed from an elected office."""
    deports.declarer_deport(
        candidature=joues["olonne"], personne=jury[AUTEUR_D_ETUDE], motif=MOTIF_ETUDE, par=dgaln
    )
    deports.enregistrer_mandat(
        personne=jury[ELUE],
        commune=Commune.objects.get(pk=SETE),
        fonction="Membre du conseil municipal",
        debut=horloge.jour(-900),
        par=dgaln,
    )


def _tirer(appel, evaluees, dgaln) -> None:
    propose = tirage.proposer_tirage(
        appel=appel, n=PAR_DOSSIER, graine=GRAINE, par=dgaln, echeance=horloge.jour(12)
    )
    tirage.garder_tirage(tirage=propose, par=dgaln)
    for candidature in evaluees:
        recevabilite.mettre_en_evaluation(candidature=candidature, par=dgaln)


def _evaluer(joues, evaluees, evaluatrice) -> None:
    """Most are filed; those of the cast’s evaluator wait, one of them begun."""
    rang, a_lire = 0, 0
    for donnees in evaluees:
        confiees = Evaluation.comptees.filter(candidature=joues[donnees["cle"]])
        confiees = confiees.select_related("evaluateur").order_by("evaluateur__email")
        for confiee, notes in zip(confiees, donnees["notes"], strict=True):
            rang += 1
            garde = confiee.evaluateur == evaluatrice and donnees["etat"] == "en_evaluation"
            if garde and a_lire < A_LIRE:
                a_lire += 1
                if a_lire == 1:
                    _commencer(confiee, notes)
                continue
            if notes is not None:
                with horloge.le(horloge.jour(-50 + rang), "18:30"):
                    candidatures.noter(
                        candidatures.fraiche(joues[donnees["cle"]]), confiee.evaluateur, notes
                    )


def _commencer(confiee: Evaluation, notes) -> None:
    critere = confiee.candidature.appel.grille.criteres.order_by("ordre", "pk").first()
    with horloge.le(horloge.jour(-2), "17:15"):
        evaluation.evaluer(
            evaluation=confiee,
            notes={critere.pk: (notes[0], candidatures.REMARQUES[notes[0]])},
            revision=confiee.revision,
            par=confiee.evaluateur,
        )


def _admettre_tardivement(appel, tardives, dgaln) -> None:
    """The admissibility phase, opened again for the dossiers that waited for a vote."""
    with horloge.le(horloge.jour(-30), "10:30"):
        phases.rouvrir_phase(
            phase=appel.phases.get(genre=G.RECEVABILITE),
            jusqu_au=horloge.jour(-18),
            motif=MOTIF_REOUVERTURE,
            par=dgaln,
        )
    with horloge.le(horloge.jour(-20), "14:15"):
        for candidature in tardives:
            recevabilite.declarer_recevable(candidature=candidature, par=dgaln)


def _annoter(evaluees, evaluatrice) -> None:
    siennes = Evaluation.comptees.filter(evaluateur=evaluatrice, candidature__in=evaluees)
    lues = [e.candidature for e in siennes.order_by("depose_le", "candidature__reference")]
    with horloge.le(horloge.jour(-2), "17:40"):
        for rang, (ancre, texte, partagee) in enumerate(MATIERE["marges"]):
            saisie.annoter(
                candidature=lues[rang // 2],
                ancre=ancre,
                texte=texte,
                partagee=partagee,
                revision=0,
                par=evaluatrice,
            )
