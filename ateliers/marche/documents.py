"""The rapport d'analyse, and a letter for each candidate: its own notes, nobody else's price."""

from __future__ import annotations

from decimal import Decimal

from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.couverture import couverture
from ateliers.cadrage.models import AppelEquipes
from ateliers.marche.calcul.formule import en_toutes_lettres
from ateliers.marche.calcul.lecture import (
    apports_offre,
    classement,
    regle_de,
)
from ateliers.marche.droits import peut_voir_marche
from ateliers.marche.models import Consultation, Offre
from ateliers.parcours.droits import visibles_par
from socle.comptes.domaine.adresse import ville
from socle.comptes.domaine.telephone import telephone_lisible
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte, date_longue, montant

RAPPORT = "rapport_analyse"
LETTRE_REJET = "lettre_candidat_non_retenu"
LETTRE_RETENUE = "lettre_candidat_retenu"


class NoteLue(ContexteFige):
    critere: str
    poids: int
    note: str
    points: str
    remarque: list[str]


class LigneAnalystes(ContexteFige):
    """What each analyst gave on one criterion, in the order of `OffreLue.analystes`."""

    critere: str
    notes: list[str]


class Remarque(ContexteFige):
    critere: str
    note: str
    texte: list[str]


class Appreciation(ContexteFige):
    """What one analyst wrote alone, before the consensus."""

    analyste: str
    remarques: list[Remarque]


class OffreLue(ContexteFige):
    numero: int
    mandataire: str
    recue_le: str
    equipe: list[str]
    prix: str
    notes: list[NoteLue]
    technique: str
    points_prix: str
    total: str
    rang: str
    ecart: list[str]
    competences: list[str]
    retenue: bool
    analystes: list[str] = []
    lignes_analystes: list[LigneAnalystes] = []
    appreciations: list[Appreciation] = []


class ContexteRapport(ContexteFige):
    atelier: str
    reference: str
    dispositif: str
    service: str
    place: str
    limite: str
    ouverture: str
    personnes: list[str]
    analystes: list[str]
    criteres: list[str]
    poids_prix: int
    formule: list[str]
    registre: list[str]
    classees: list[OffreLue]
    ecartees: list[OffreLue]
    retenue: str
    motif: list[str]
    close_le: str
    # Reports frozen before the annex existed do not promise it.
    annexe: bool = False


class ContexteLettreCandidat(ContexteFige):
    atelier: str
    reference: str
    place: str
    service: str
    destinataire: str
    date: str
    attributaire: str
    rang: str
    nombre: int
    notes: list[NoteLue]
    poids_prix: int
    points_prix: str
    total: str
    ecart: list[str]
    motif: list[str]
    adresse: list[str] = []
    ville: str = ""
    expediteur: list[str] = []
    telephone: str = ""
    signataire: str = ""
    qualite: str = ""
    recours: list[str] = []


def _nombre(valeur) -> str:
    return f"{Decimal(valeur):.2f}".replace(".", ",")


def _paragraphes(texte) -> list[str]:
    return [p.strip() for p in texte.splitlines() if p.strip()]


def _notes(offre, classee) -> list[NoteLue]:
    if classee is None:
        return []
    return [
        NoteLue(
            critere=note.critere.libelle,
            poids=note.critere.poids,
            note=_nombre(note.note),
            points=_nombre(classee.points[note.critere_id]),
            remarque=_paragraphes(note.remarque),
        )
        for note in offre.consensus.all()
    ]


def _rang(classee) -> str:
    if classee is None:
        return ""
    return f"{classee.rang}{' ex æquo' if classee.ex_aequo else ''}"


def _offre_lue(offre, classee, competences) -> OffreLue:
    manques = [c.manque for c in couverture(competences, apports_offre(offre)) if c.manque]
    membres = [f"{m.nom}, {m.get_discipline_display().lower()}" for m in offre.membres.all()]
    return OffreLue(
        numero=offre.numero,
        mandataire=offre.mandataire,
        recue_le=date_longue(offre.recue_le),
        equipe=[f"{offre.mandataire}, {offre.get_discipline_display().lower()}", *membres],
        prix=montant(offre.prix_ht),
        notes=_notes(offre, classee),
        technique=_nombre(classee.technique) if classee else "",
        points_prix=_nombre(classee.prix) if classee else "",
        total=_nombre(classee.total) if classee else "",
        rang=_rang(classee),
        ecart=_paragraphes(offre.motif_ecart),
        competences=manques,
        retenue=offre.retenue,
        **_analystes(offre),
    )


def _analystes(offre) -> dict:
    fiches = [fiche for fiche in offre.fiches.all() if fiche.rendue_le]
    criteres, notes = {}, {}
    for fiche in fiches:
        for note in fiche.notes.all():
            criteres[note.critere_id] = note.critere
            notes[note.critere_id, fiche.pk] = str(note.note)
    ordre = sorted(criteres.values(), key=lambda c: (c.ordre, c.pk))
    lignes = [[notes.get((c.pk, fiche.pk), "–") for fiche in fiches] for c in ordre]
    return {
        "analystes": [fiche.analyste.nom_complet for fiche in fiches],
        "lignes_analystes": [
            LigneAnalystes(critere=c.libelle, notes=ligne)
            for c, ligne in zip(ordre, lignes, strict=True)
        ],
        "appreciations": [lue for fiche in fiches if (lue := _appreciation(fiche)).remarques],
    }


def _appreciation(fiche) -> Appreciation:
    return Appreciation(
        analyste=fiche.analyste.nom_complet,
        remarques=[
            Remarque(
                critere=note.critere.libelle,
                note=str(note.note),
                texte=_paragraphes(note.remarque),
            )
            for note in fiche.notes.all()
            if note.remarque.strip()
        ],
    )


def _place(atelier) -> str:
    appel = AppelEquipes.objects.filter(atelier=atelier).first()
    return appel.reference_place if appel else ""


def contexte_rapport(consultation: Consultation) -> ContexteRapport:
    atelier = consultation.atelier
    offres = list(
        consultation.offres.prefetch_related(
            "membres", "consensus__critere", "fiches__analyste", "fiches__notes__critere"
        ).order_by("numero")
    )
    rangs = {c.cle: c for c in classement(consultation)}
    competences = demandees(atelier)
    lues = [(o, _offre_lue(o, rangs.get(o.pk), competences)) for o in offres if o.ouverte_le]
    classees = sorted(
        (couple for couple in lues if couple[0].pk in rangs),
        key=lambda couple: (rangs[couple[0].pk].rang, couple[0].numero),
    )
    return ContexteRapport(
        atelier=atelier.nom,
        reference=atelier.reference,
        dispositif=atelier.dispositif.nom,
        service=atelier.service_pilote.nom,
        place=_place(atelier),
        limite=date_longue(consultation.ouverture_le),
        ouverture=date_longue(consultation.ouverte_le),
        personnes=[consultation.ouverte_par.nom_complet, consultation.ouverte_avec],
        analystes=[
            a.personne.nom_complet for a in consultation.analystes.select_related("personne")
        ],
        criteres=[f"{c.libelle} : {c.poids}" for c in consultation.criteres.all()],
        poids_prix=consultation.poids_prix,
        formule=en_toutes_lettres(regle_de(consultation)),
        registre=[_ligne_registre(o) for o in offres],
        classees=[lue for _, lue in classees],
        ecartees=[lue for o, lue in lues if o.ecartee],
        retenue=next((o.mandataire for o in offres if o.retenue), ""),
        motif=_paragraphes(consultation.motif),
        close_le=date_longue(consultation.close_le),
        annexe=True,
    )


def _ligne_registre(offre) -> str:
    suite = offre.mandataire
    if offre.retiree_le:
        suite = f"retirée avant l’ouverture ({offre.motif_retrait.strip()})"
    return f"n° {offre.numero}, reçue le {date_longue(offre.recue_le)} : {suite}"


def contexte_lettre(offre: Offre) -> ContexteLettreCandidat:
    """Its own notes and rank; of the others, only the name of the team retained."""
    consultation = offre.consultation
    rangs = {c.cle: c for c in classement(consultation)}
    classee = rangs.get(offre.pk)
    retenue = consultation.offres.filter(retenue=True).first()
    return ContexteLettreCandidat(
        atelier=consultation.atelier.nom,
        reference=consultation.atelier.reference,
        place=_place(consultation.atelier),
        service=consultation.atelier.service_pilote.nom,
        destinataire=offre.mandataire,
        date=date_courte(consultation.close_le),
        attributaire=retenue.mandataire if retenue else "",
        rang=_rang(classee),
        nombre=len(rangs),
        notes=_notes(offre, classee),
        poids_prix=consultation.poids_prix,
        points_prix=_nombre(classee.prix) if classee else "",
        total=_nombre(classee.total) if classee else "",
        ecart=_paragraphes(offre.motif_ecart),
        motif=_paragraphes(consultation.motif),
        adresse=_paragraphes(consultation.adresses.get(str(offre.pk), "")),
        ville=ville(consultation.atelier.service_pilote.adresse),
        expediteur=_paragraphes(consultation.atelier.service_pilote.adresse),
        telephone=telephone_lisible(consultation.atelier.service_pilote.telephone),
        signataire=consultation.signataire,
        qualite=consultation.qualite,
        recours=[] if offre.retenue else _paragraphes(consultation.recours),
    )


def _visible(utilisateur, consultation) -> bool:
    return (
        utilisateur.is_authenticated
        and visibles_par(utilisateur).filter(pk=consultation.atelier_id).exists()
        and peut_voir_marche(utilisateur, consultation.atelier)
    )


def _declarer_lettre(cle, titre, nom):
    declarer(
        DeclarationDocument(
            cle=cle,
            titre=titre,
            gabarit=f"documents/{cle}.html",
            modele=ContexteLettreCandidat,
            contexte=contexte_lettre,
            visible=lambda utilisateur, offre: _visible(utilisateur, offre.consultation),
            charger=lambda identifiant: Offre.objects.select_related(
                "consultation__atelier__service_pilote"
            ).get(pk=identifiant),
            precision="destinataire",
            nom_fichier=lambda offre: (
                f"{nom}-{offre.consultation.atelier.reference}-offre-{offre.numero}.pdf"
            ),
        )
    )


declarer(
    DeclarationDocument(
        cle=RAPPORT,
        titre="Rapport d’analyse des offres",
        gabarit="documents/rapport_analyse.html",
        modele=ContexteRapport,
        contexte=contexte_rapport,
        visible=_visible,
        charger=lambda identifiant: Consultation.objects.select_related(
            "atelier__dispositif", "atelier__service_pilote", "ouverte_par"
        ).get(pk=identifiant),
        nom_fichier=lambda consultation: f"rapport-analyse-{consultation.atelier.reference}.pdf",
        feuilles_style=("documents/pv.css",),
    )
)
_declarer_lettre(LETTRE_REJET, "Lettre au candidat non retenu", "lettre-non-retenu")
_declarer_lettre(LETTRE_RETENUE, "Lettre au candidat retenu", "lettre-retenu")
