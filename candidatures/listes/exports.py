"""Candidatures in a spreadsheet: the columns of the list, avis and messages on demand."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from candidatures.dossiers.droits import est_instructeur, reperes_visibles_par, visibles_par
from candidatures.dossiers.models import Candidature
from candidatures.echanges.models import Message, PieceMessage
from candidatures.instruction.models import Avis
from candidatures.listes.choix import PageListe
from candidatures.listes.domaine import colonnes, etat, lecture, panneau
from socle.exports.declaration import ColonneExport, DeclarationExport, Demande, Feuille, declarer
from socle.interface.templatetags.interface import pluriel

LOT = 500
LIEU = ("reference", "territoire", "departement", "region")
OPTIONS = [
    ("avis", "Les avis, en toutes lettres"),
    ("echanges", "Les messages échangés"),
    ("fichiers", "Les fichiers joints aux messages"),
]


def _colonnes(utilisateur) -> list[ColonneExport]:
    instructeur = est_instructeur(utilisateur)
    defaut = {*LIEU, *colonnes.DEFAUT, *(colonnes.DEFAUT_INSTRUCTION if instructeur else ())}
    return [
        ColonneExport(c.cle, c.libelle, c.cle in defaut)
        for c in colonnes.colonnes(instructeur=instructeur)
    ]


def _lue(demande: Demande):
    parametres = QueryDict(demande.parametres)
    instructeur = est_instructeur(demande.utilisateur)
    base, lu = (
        reperes_visibles_par(demande.utilisateur),
        etat.lire(parametres, instructeur=instructeur),
    )
    if parametres.get("liste") == PageListe.INSTRUCTION:
        base = lecture.a_instruire(base, lu)
    return base, lu, instructeur


def objets(demande: Demande) -> list[int]:
    """In the order of the list; those ticked only, when some were."""
    base, lu, instructeur = _lue(demande)
    cochees = QueryDict(demande.parametres).getlist("ref")
    base = lecture.sans_avis_dus(base, lu, demande.utilisateur)
    filtrees = lecture.filtrees(base, lu, instructeur=instructeur)
    if cochees:
        filtrees = filtrees.filter(candidature__reference__in=cochees)
    triees = lecture.triees(filtrees, lu, instructeur=instructeur)
    return list(triees.values_list("pk", flat=True))


def decrire(demande: Demande) -> str:
    """« Instruction, État : Déposée ; Région : Bretagne, 3 cochées »."""
    parametres = QueryDict(demande.parametres)
    instructeur = est_instructeur(demande.utilisateur)
    lu = etat.lire(parametres, instructeur=instructeur)
    noms = dict(PageListe.choices)
    dits = [f"liste {noms[nom]}"] if (nom := parametres.get("liste")) in noms else []
    if parametres.get("liste") == PageListe.INSTRUCTION and lecture.tout(lu):
        dits.append("dossiers décidés compris")
    if lu.filtree:
        choix = panneau.options(instructeur=instructeur)
        for groupe in panneau.groupes_dits(lu, choix, instructeur=instructeur):
            mot = " ou " if groupe["une"] else "\u00a0; "
            dite = mot.join(str(tag["libelle"]) for tag in groupe["tags"])
            dits.append(f"{groupe['liaison']} {dite}".strip())
    if cochees := parametres.getlist("ref"):
        dits.append(pluriel(len(set(cochees)), "cochée"))
    return ", ".join(dits)


def _listes(utilisateur) -> list[tuple[str, str]]:
    listes = [("Candidatures", reverse("candidatures:liste"))]
    if est_instructeur(utilisateur):
        listes.insert(0, ("Instruction", reverse("candidatures:instruction")))
    return listes


def tous_visibles(utilisateur, pks: list[int]) -> bool:
    return visibles_par(utilisateur).filter(pk__in=pks).count() == len(pks)


def _lots(pks):
    for debut in range(0, len(pks), LOT):
        yield pks[debut : debut + LOT]


def _candidatures(demande: Demande):
    _, lu, instructeur = _lue(demande)
    permises = colonnes.colonnes(instructeur=instructeur)
    choisies = [c for c in permises if c.cle in demande.colonnes]

    def lignes():
        for lot in _lots(demande.objets):
            lues = {
                ligne["pk"]: ligne
                for ligne in lecture.valeurs(Candidature.objects.filter(pk__in=lot), choisies)
            }
            rangees = [lues[pk] for pk in lot if pk in lues]
            lecture.completer(
                rangees, choisies, appel=lu.seul("appel"), utilisateur=demande.utilisateur
            )
            for ligne in rangees:
                yield [c.en_texte(ligne) for c in choisies]

    return Feuille("Candidatures", [c.libelle for c in choisies], lignes())


def _avis(demande: Demande) -> Feuille:
    def lignes():
        for lot in _lots(demande.objets):
            lus = Avis.objects.filter(candidature__in=lot, retenu=False).select_related(
                "candidature", "organisme"
            )
            for a in lus.order_by("candidature__reference", "organisme__nom"):
                yield (
                    a.candidature.reference,
                    a.candidature.titre,
                    a.organisme.nom,
                    a.demande_le,
                    a.echeance,
                    a.rendu_le,
                    a.get_sens_display(),
                    a.texte,
                )

    entetes = ["Référence", "Candidature", "Organisme", "Demandé le", "Échéance", "Rendu le"]
    return Feuille("Avis", [*entetes, "Sens", "Avis"], lignes())


def _echanges(demande: Demande) -> Feuille:
    def lignes():
        for lot in _lots(demande.objets):
            lus = Message.objects.filter(candidature__in=lot).select_related(
                "candidature", "auteur__organisme"
            )
            for m in lus.prefetch_related("pieces").order_by("candidature__reference", "pk"):
                organisme = m.auteur.organisme
                yield (
                    m.candidature.reference,
                    m.candidature.titre,
                    m.get_fil_display(),
                    m.ecrit_le,
                    m.auteur.nom_complet,
                    organisme.nom if organisme else "",
                    m.texte,
                    ", ".join(p.nom for p in m.pieces.all()),
                )

    entetes = ["Référence", "Candidature", "Fil", "Écrit le", "Auteur", "Organisme", "Message"]
    return Feuille("Échanges", [*entetes, "Fichiers joints"], lignes())


def feuilles(demande: Demande):
    yield _candidatures(demande)
    if "avis" in demande.options:
        yield _avis(demande)
    if "echanges" in demande.options:
        yield _echanges(demande)


def fichiers(demande: Demande):
    for lot in _lots(demande.objets):
        pieces = PieceMessage.objects.filter(message__candidature__in=lot)
        for piece in pieces.select_related("message__candidature").order_by("pk"):
            reference = piece.message.candidature.reference
            yield f"fichiers/{reference}/{piece.pk}-{piece.nom}", piece.fichier


EXPORT = declarer(
    DeclarationExport(
        cle="candidatures",
        titre="Candidatures",
        visible=lambda utilisateur: utilisateur.is_authenticated and utilisateur.is_active,
        colonnes=_colonnes,
        objets=objets,
        tous_visibles=tous_visibles,
        feuilles=feuilles,
        options=lambda utilisateur: OPTIONS if est_instructeur(utilisateur) else [],
        fichiers=fichiers,
        toujours=("titre", "reference"),
        decrire=decrire,
        unite="candidature",
        listes=_listes,
    )
)
