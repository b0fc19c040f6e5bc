"""Around the dossiers: avis asked in batch, threads of messages, labels, a spreadsheet ready."""

from __future__ import annotations

from urllib.parse import urlencode

from candidatures.appels.models import Appel
from candidatures.dossiers.models import Candidature
from candidatures.echanges.domaine.messages import ecrire
from candidatures.instruction.domaine import avis, avis_en_lot, etiquettes, relances_avis
from candidatures.instruction.models import Avis
from candidatures.listes.choix import PageListe
from config.demo import distribution, dossiers, horloge
from config.demo.formulaires import MATIERE
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.courriels.lots import envoyer_lot
from socle.exports.choix import FormatExport
from socle.exports.domaine import demander
from socle.exports.fabrication import fabriquer

COLONNES = ("reference", "titre", "territoire", "population", "etat", "avis", "notes", "dispersion")


def jouer(joues: dict[str, Candidature], session: Appel) -> None:
    cast = distribution.installer_distribution()
    dgaln = cast["dgaln@demo.example"]
    _etiqueter(joues, dgaln)
    _relancer(dgaln)
    _ecrire(joues, cast)
    _exporter(session, dgaln)


def demander_les_avis(joues: dict[str, Candidature], dgaln) -> None:
    """One organisation on every dossier under review: eight answers, one late and reminded."""
    matiere = MATIERE["avis"]
    office, _ = Organisme.objects.get_or_create(
        nom=matiere["organisme"], defaults={"nature": NatureOrganisme.ETABLISSEMENT_PUBLIC}
    )
    auteur = dossiers.agent(office, Role.PARTENAIRE)
    visees = [*matiere["rendus"], matiere["en_retard"]]
    with horloge.le(horloge.ouvrable(-59), "09:00"):
        prepare = avis_en_lot.demander_en_lot(
            candidatures=[joues[cle] for cle in visees],
            organismes=[office],
            echeance=horloge.jour(-8),
            question=matiere["question"],
            par=dgaln,
        )
        envoyer_lot(lot=prepare.lot, par=dgaln)
    for rang, (cle, (sens, texte)) in enumerate(matiere["rendus"].items()):
        demande = Avis.objects.get(candidature=joues[cle], organisme=office)
        with horloge.le(horloge.jour(-40 + 2 * rang), "16:45"):
            avis.rendre_avis(avis=demande, sens=sens, texte=texte, par=auteur)


def _relancer(dgaln) -> None:
    with horloge.le(horloge.ouvrable(-6), "09:00"):
        envoyer_lot(lot=relances_avis.relancer_retardataires(par=dgaln).lot, par=dgaln)


def _etiqueter(joues, dgaln) -> None:
    with horloge.le(horloge.jour(-15), "15:00"):
        for nom, cles in MATIERE["etiquettes"].items():
            etiquettes.ranger(nom=nom, par=dgaln)
            etiquettes.etiqueter(candidatures=[joues[c] for c in cles], nom=nom, par=dgaln)


def _auteur(qui: str, candidature: Candidature, cast) -> Utilisateur:
    if qui == "pilote":
        return dossiers.agent(candidature.service_pilote, Role.SERVICE_ETAT)
    if qui == "porteur":
        chef = candidature.portages.get(chef_de_file=True).organisme
        return dossiers.agent(chef, Role.COLLECTIVITE)
    return cast[f"{qui}@demo.example"]


def _ecrire(joues, cast) -> None:
    for fil in MATIERE["fils"]:
        candidature = joues[fil["dossier"]]
        for jour, heure, qui, texte in fil["messages"]:
            with horloge.le(horloge.ouvrable(jour - 2), heure):
                ecrire(
                    candidature=candidature,
                    fil=fil["fil"],
                    texte=texte,
                    par=_auteur(qui, candidature, cast),
                )


def _exporter(session: Appel, dgaln) -> None:
    """Made at once: no worker is needed to find it ready."""
    with horloge.le(horloge.ouvrable(-3), "09:30"):
        export = demander(
            cle="candidatures",
            parametres=urlencode([("liste", PageListe.INSTRUCTION), ("appel", session.slug)]),
            colonnes=list(COLONNES),
            format=FormatExport.XLSX,
            options=["avis"],
            par=dgaln,
        )
        fabriquer(str(export.pk))
