"""Candidatures of the demonstration in every state, played by the verbs on their dates."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from candidatures.appels.models import Appel
from candidatures.dispositifs.models import Dispositif
from candidatures.dossiers.domaine import depot
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import avis, decision, evaluation, recevabilite, reprise
from config.demo import distribution, dossiers, formulaires, horloge
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur

DONNEES = Path(__file__).parent / "donnees"
FICHIERS = ("candidatures_session.json", "candidatures_continu.json")
SECTIONS = ("objet", "ressources", "dynamiques_territoire", "dynamiques_amenagement")
JURY = (
    "Institut des milieux habités",
    "École du paysage de la Basse-Vallée",
    "Laboratoire Rives et reliefs",
    "Agence d’urbanisme du Grand Méandre",
    "Maison des pentes et des eaux",
)
SESSION = "littoraux"
EVALUES = ("en_evaluation", "preselectionnee", "non_retenue")
REMARQUES = (
    "Le dossier n’en dit presque rien : à faire préciser par les porteurs.",
    "L’intention est là, sans lieu ni calendrier pour la tenir.",
    "Des éléments utiles, mais la démonstration reste à faire.",
    "Répond à l’attente ; les sites proposés sont crédibles.",
    "Convaincant : la question est bien posée et le portage est clair.",
    "Remarquable : le dossier pourrait servir d’exemple à d’autres territoires.",
)


def lire() -> list[dict]:
    fiches = []
    for nom in FICHIERS:
        fiches += json.loads((DONNEES / nom).read_text(encoding="utf-8"))["candidatures"]
    return fiches


def jouer(appels: dict[str, Appel]) -> dict[str, Candidature]:
    """Play them all by key; the session under review stops there (`config.demo.session`)."""
    cast = distribution.installer_distribution()
    dgaln = cast["dgaln@demo.example"]
    jury = [cast["evaluateur@demo.example"], *membres_du_jury()[:2]]
    fiches = lire()
    joues = {
        donnees["cle"]: _jouer_une(donnees, rang, appels, dgaln, jury)
        for rang, donnees in enumerate(fiches)
    }
    continues = [d for d in fiches if d["appel"] != SESSION]
    publier([joues[d["cle"]] for d in continues if _est_publiee(d)], dgaln, -14)
    for donnees in continues:
        if donnees["etat"] == "en_evaluation" and "decision" in donnees:
            preparer(joues[donnees["cle"]], donnees["decision"], dgaln, -4)
    return joues


def membres_du_jury() -> list[Utilisateur]:
    """Invented evaluators beside the one of the cast."""
    membres = []
    for nom in JURY:
        organisme, _ = Organisme.objects.get_or_create(
            nom=nom, defaults={"nature": NatureOrganisme.ECOLE}
        )
        membres.append(dossiers.agent(organisme, Role.EVALUATEUR))
    return membres


def acteurs(donnees: dict) -> tuple[Utilisateur, Utilisateur]:
    """The State agent and the collectivité's; constants of the cast are in capitals."""
    if donnees["pilote"].isupper():
        pilote = _organisme_du_cast(donnees["pilote"])
    else:
        pilote = dossiers.service(*donnees["pilote"].split("|"))
    if donnees["collectivite"].isupper():
        collectivite = _organisme_du_cast(donnees["collectivite"])
    else:
        collectivite = dossiers.collectivite(
            donnees["collectivite"],
            commune=donnees["siege"],
            epci="" if donnees["siege"] else donnees["epcis"][0],
        )
    return (
        dossiers.agent(pilote, Role.SERVICE_ETAT),
        dossiers.agent(collectivite, Role.COLLECTIVITE),
    )


def _organisme_du_cast(constante: str) -> Organisme:
    return Organisme.objects.get(nom=getattr(distribution, constante).nom)


def fiche(donnees: dict) -> dossiers.Fiche:
    propres = dossiers.textes("candidatures", donnees["cle"])
    for cle in SECTIONS:
        propres["sections"][cle] = donnees["sections"][cle]
    return dossiers.Fiche(
        titre=donnees["titre"],
        presentation=donnees["sections"]["objet"],
        communes=donnees["communes"],
        epcis=donnees["epcis"],
        trace=donnees.get("trace", []),
        parcelles=donnees.get("parcelles", []),
        **propres,
    )


def _jouer_une(donnees, rang: int, appels, dgaln, jury) -> Candidature:
    pilote, elu = acteurs(donnees)
    debut = -112 + rang % 13 if donnees["appel"] == "littoraux" else -80 + 2 * (rang % 16)
    appel = appels[donnees["appel"]]
    if donnees["etat"] == "retenue":
        roles = {"pilote": pilote, "elu": elu, "dgaln": dgaln, "evaluateur": jury[0]}
        return dossiers.retenir(fiche(donnees), appel=appel, debut=32, **roles)
    with horloge.le(horloge.jour(debut), f"{9 + rang % 8:02d}:20"):
        candidature = dossiers.ecrire(fiche(donnees), appel=appel, pilote=pilote, elu=elu)
        if donnees.get("repond"):
            formulaires.repondre(candidature, elu)
    if donnees["etat"] == "brouillon":
        return candidature
    with horloge.le(horloge.jour(debut + 16), f"{9 + (rang * 3) % 8:02d}:40"):
        candidature = dossiers.deposer(candidature, elu)
    suites = SUITES_SESSION if donnees["appel"] == SESSION else SUITES
    suite = suites.get(donnees["etat"])
    if suite is not None:
        suite(candidature, donnees, dgaln=dgaln, elu=elu, jury=jury, debut=debut + 26)
    if "reprise" in donnees:
        with horloge.le(horloge.jour(-9), "11:10"):
            reprise.reprendre(
                candidature=fraiche(candidature), appel=appels[donnees["vers"]], par=elu
            )
    return fraiche(candidature)


def fraiche(candidature: Candidature) -> Candidature:
    return Candidature.objects.get(pk=candidature.pk)


def _recevable(candidature, donnees, *, dgaln, elu, jury, debut) -> None:
    with horloge.le(horloge.jour(debut), "14:15"):
        recevabilite.declarer_recevable(candidature=candidature, par=dgaln)


def _irrecevable(candidature, donnees, *, dgaln, elu, jury, debut) -> None:
    with horloge.le(horloge.jour(debut), "15:00"):
        recevabilite.declarer_irrecevable(
            candidature=candidature, par=dgaln, motif=donnees["motif"]
        )


def _a_completer(candidature, donnees, *, dgaln, elu, jury, debut) -> None:
    quand = horloge.jour(-6)
    attendus = [
        recevabilite.Attendu(texte=texte, section=section) for section, texte in donnees["attendus"]
    ]
    for rang, texte in donnees.get("attendus_questions", ()):
        question = formulaires.question(candidature.appel, rang)
        attendus.append(recevabilite.Attendu(texte=texte, question=question))
    with horloge.le(quand, "16:20"):
        recevabilite.demander_complements(
            candidature=candidature,
            motif=donnees["motif"],
            echeance=quand + timedelta(25),
            attendus=attendus,
            par=dgaln,
        )


def _retiree(candidature, donnees, *, dgaln, elu, jury, debut) -> None:
    with horloge.le(horloge.jour(debut), "17:05"):
        depot.retirer(candidature=candidature, par=elu, motif=donnees["motif"])


def _reorientee(candidature, donnees, **acteurs) -> None:
    """At once, or after an evaluation when a decision is given."""
    if "decision" in donnees:
        _evaluee(candidature, donnees, **acteurs)
        return
    with horloge.le(horloge.jour(acteurs["debut"]), "10:30"):
        decision.reorienter(
            candidature=candidature,
            vers_dispositif=Dispositif.objects.get(pk=donnees["vers"]),
            motif=donnees["motif"],
            par=acteurs["dgaln"],
        )


def _evaluee(candidature, donnees, *, dgaln, elu, jury, debut) -> None:
    """Recevable, asked about, read by the jury; the decision is prepared when it is to publish."""
    _recevable(candidature, donnees, dgaln=dgaln, elu=elu, jury=jury, debut=debut)
    membres = jury[: len(donnees["notes"])]
    with horloge.le(horloge.jour(debut + 2), "09:10"):
        evaluation.confier_a_plusieurs(
            candidature=candidature, evaluateurs=membres, par=dgaln, echeance=horloge.jour(12)
        )
        recevabilite.mettre_en_evaluation(candidature=candidature, par=dgaln)
    demander_les_avis(candidature, donnees, dgaln, debut + 4)
    for rang, (membre, notes) in enumerate(zip(membres, donnees["notes"], strict=True)):
        if notes is not None:
            with horloge.le(horloge.jour(debut + 12 + 3 * rang), "18:30"):
                noter(fraiche(candidature), membre, notes)
    if _est_publiee(donnees):
        preparer(candidature, donnees["decision"], dgaln, -16, donnees.get("vers"), -14)


def noter(candidature, membre, notes) -> None:
    confiee = candidature.evaluations.get(evaluateur=membre)
    criteres = candidature.appel.grille.criteres.order_by("ordre", "pk")
    confiee = evaluation.evaluer(
        evaluation=confiee,
        notes={c.pk: (n, REMARQUES[n]) for c, n in zip(criteres, notes, strict=True)},
        synthese=REMARQUES[min(notes)],
        revision=confiee.revision,
        par=membre,
    )
    evaluation.deposer_evaluation(evaluation=confiee, par=membre)


def demander_les_avis(candidature, donnees, dgaln, quand: int) -> None:
    """Asked from each organisme; rendered when a sens is given."""
    for nom, sens, texte in donnees.get("avis", ()):
        if nom.isupper() or "_" in nom:
            organisme = _organisme_du_cast(nom)
            auteur = Utilisateur.objects.filter(organisme=organisme).order_by("pk").get()
        else:
            organisme, _ = Organisme.objects.get_or_create(
                nom=nom, defaults={"nature": NatureOrganisme.ETABLISSEMENT_PUBLIC}
            )
            auteur = dossiers.agent(organisme, Role.PARTENAIRE)
        with horloge.le(horloge.jour(quand), "10:00"):
            demande = avis.demander_avis(
                candidature=candidature,
                organisme=organisme,
                question="Le projet rejoint-il vos orientations, et pourriez-vous y prendre part ?",
                echeance=horloge.jour(quand + 30) if sens else horloge.jour(9),
                par=dgaln,
            )
        if sens:
            with horloge.le(horloge.jour(quand + 15), "16:45"):
                avis.rendre_avis(avis=demande, sens=sens, texte=texte, par=auteur)


def _est_publiee(donnees: dict) -> bool:
    return "decision" in donnees and donnees["etat"] != "en_evaluation"


def preparer(
    candidature, choix, dgaln, quand: int, vers: str | None = None, publiee: int = 0
) -> None:
    """`publiee`: the day that the letter bears."""
    sens, motif = choix
    with horloge.le(horloge.jour(quand), "11:00"):
        decision.preparer_decision(
            candidature=fraiche(candidature),
            sens=sens,
            motif=motif,
            vers_dispositif=Dispositif.objects.get(pk=vers) if vers else None,
            datee_du=horloge.jour(publiee),
            par=dgaln,
        )


def publier(candidatures, dgaln, quand: int) -> None:
    ids = [c.decisions.get(publication=None).pk for c in candidatures]
    with horloge.le(horloge.jour(quand), "09:00"):
        decision.publier_decisions(ids=ids, par=dgaln, confirmes=decision.CONFIRMATIONS)


SUITES = {
    "recevable": _recevable,
    "irrecevable": _irrecevable,
    "a_completer": _a_completer,
    "retiree": _retiree,
    "reorientee": _reorientee,
    **dict.fromkeys(EVALUES, _evaluee),
}
SUITES_SESSION = SUITES | dict.fromkeys(EVALUES, _recevable) | {"recevable": None}
