"""The letters of convocation, and the sheet that people sign."""

from collections import defaultdict
from datetime import time, timedelta

from django.utils import timezone

from ateliers.participants.calendrier import lieu_dit
from ateliers.participants.choix import NE_VIENNENT_PAS
from ateliers.participants.droits import peut_emarger, peut_gerer
from ateliers.participants.models import Invitation, SignatureConvocation, TexteConvocation
from ateliers.programme.domaine.annonces import POUR_TOUS, sequences_annoncees
from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import College
from socle.comptes.domaine.adresse import ville
from socle.comptes.domaine.telephone import telephone_lisible
from socle.documents.declaration import ContexteFige, DeclarationDocument, declarer
from socle.interface.templatetags.interface import date_courte, jour_abrege, periode

LETTRE = "convocation"
LETTRES_PAPIER = "convocations_papier"
LETTRES_TOUTES = "convocations_toutes"
FEUILLE = "feuille_emargement"
LIGNES_VIDES = 8
# Beyond so many columns, a signature no longer fits in one.
DEMI_JOURNEES = 4
MIDI, FIN_DE_MATINEE, SOIR = time(12, 30), time(13), time(18)
# A paper answer is waited for until so many days before the séance.
DELAI_REPONSE = timedelta(days=7)


class Lettre(ContexteFige):
    destinataire: list[str]
    appel: str
    texte: list[str]
    coupon: str = ""


class ContexteLettres(ContexteFige):
    """One letter, or all those to be printed."""

    service: str
    adresse_service: list[str]
    ville: str = ""
    date: str
    objet: str
    atelier: str
    quand: str
    lieu: str
    deroule: list[str]
    avant_le: str = ""
    lettres: list[Lettre]
    courriel_service: str = ""
    telephone_service: str = ""
    signataire: str = ""
    qualite: str = ""


def _paragraphes(texte: str) -> list[str]:
    return [p.strip() for p in texte.splitlines() if p.strip()]


def texte_par_defaut(seance) -> str:
    return (
        f"J’ai le plaisir de vous convier à la séance « {seance.titre} » de l’atelier "
        f"« {seance.atelier.nom} ».\nVotre regard y est attendu : merci de confirmer votre "
        "présence, ou de désigner la personne qui vous représentera."
    )


def reponse_avant(seance) -> str:
    """The last day of an answer by post or telephone; nothing when it is too near to be one."""
    if not seance.debut:
        return ""
    limite = seance.moment_debut.date() - DELAI_REPONSE
    return date_courte(limite) if limite > timezone.localdate() + DELAI_REPONSE / 2 else ""


def textes_de(seance) -> dict[str, str]:
    """By college; under the empty key, the text of the others."""
    textes = {t.college: t.texte for t in TexteConvocation.objects.filter(seance=seance)}
    return {"": texte_par_defaut(seance)} | textes


def _lettre(invitation, textes) -> Lettre:
    participant = invitation.participant
    personne = participant.personne
    civilite = personne.get_civilite_display()
    nom = f"{civilite} {participant.nom_complet}".strip()
    adresse = personne.adresse.splitlines()
    lignes = [nom, participant.fonction, participant.organisation, *adresse]
    return Lettre(
        destinataire=[ligne.strip() for ligne in lignes if ligne.strip()],
        appel=civilite or "Madame, Monsieur",
        texte=_paragraphes(textes.get(participant.college, textes[""])),
        coupon="" if participant.courriel else nom,
    )


def _contexte(seance, invitations) -> ContexteLettres:
    service, textes = seance.atelier.service_pilote, textes_de(seance)
    signature = SignatureConvocation.objects.filter(seance=seance).first()
    return ContexteLettres(
        service=service.nom,
        adresse_service=_paragraphes(service.adresse),
        ville=ville(service.adresse),
        date=date_courte(timezone.localdate()),
        objet=seance.titre,
        atelier=seance.atelier.nom,
        quand=periode(seance.moment_debut, seance.moment_fin) if seance.debut else "",
        lieu=lieu_dit(seance),
        deroule=[
            f"{s.quand} : {s.titre}" + (f" ({s.lieu})" if s.lieu else "")
            for s in sequences_annoncees(seance)
        ],
        avant_le=reponse_avant(seance),
        lettres=[_lettre(invitation, textes) for invitation in invitations],
        courriel_service=service.courriel,
        telephone_service=telephone_lisible(service.telephone),
        signataire=signature.nom if signature else "",
        qualite=signature.qualite if signature else "",
    )


def lettre(invitation) -> ContexteLettres:
    return _contexte(invitation.seance, [invitation])


def sans_adresse_electronique(seance):
    """Those who are written to on paper."""
    return (
        Invitation.objects.filter(seance=seance, participant__courriel="")
        .exclude(reponse="delegue")
        .select_related("participant__personne", "participant__organisme")
    )


def invites_attendus(seance):
    """All those whom a letter concerns."""
    return (
        Invitation.objects.filter(seance=seance)
        .exclude(reponse__in=NE_VIENNENT_PAS)
        .select_related("participant__personne", "participant__organisme")
    )


def lettres_toutes(seance) -> ContexteLettres:
    return _contexte(seance, invites_attendus(seance))


def lettres_papier(seance) -> ContexteLettres:
    return _contexte(seance, sans_adresse_electronique(seance))


class LigneFeuille(ContexteFige):
    nom: str
    qualite: str
    college: str


class GroupeFeuille(ContexteFige):
    titre: str
    lignes: list[LigneFeuille]


class ContexteFeuille(ContexteFige):
    seance: str
    atelier: str
    quand: str
    lieu: str
    groupes: list[GroupeFeuille]
    signatures: list[str] = ["Signature"]
    lignes_vides: list[int]


def soirees(seance) -> set[int]:
    """The days (from 1) whose déroulé gathers people from six in the evening on."""
    le_soir = seance.sequences.filter(debut__gte=SOIR, public__in=POUR_TOUS)
    return set(le_soir.order_by().values_list("jour", flat=True))


def signatures_de(seance) -> list[str]:
    """One column in one day; else one a half-day, or one a day when these would be too many.

    An evening of the déroulé is signed apart: others come to it.
    """
    debut, fin = seance.moment_debut, seance.moment_fin
    if not debut:
        return ["Signature"]
    soirs = soirees(seance)
    if debut.date() == fin.date():
        return ["Journée", "Soirée"] if soirs and debut.time() < SOIR else ["Signature"]
    jours = [debut.date() + timedelta(days=n) for n in range((fin.date() - debut.date()).days + 1)]
    courts = 2 * len(jours) > DEMI_JOURNEES
    moments = []
    for numero, jour in enumerate(jours, start=1):
        du_jour = [""] if courts else ["matin", "après-midi"]
        if not courts and numero == 1 and debut.time() >= MIDI:
            du_jour = du_jour[1:]
        if not courts and numero == len(jours) and fin.time() <= FIN_DE_MATINEE:
            du_jour = du_jour[:-1]
        moments += [(jour, m) for m in (*du_jour, *(["soir"] if numero in soirs else []))]
    return [f"{jour_abrege(jour)}\n{moment}".strip() for jour, moment in moments]


def feuille(seance) -> ContexteFeuille:
    """By table where tables are set, else by college, without those who said they won't come."""
    groupes = defaultdict(list)
    ordre = {college: rang for rang, college in enumerate(College.values)}
    attendus = Invitation.objects.filter(seance=seance).exclude(reponse__in=NE_VIENNENT_PAS)
    attendus = list(attendus.select_related("participant__organisme"))
    par_table = any(i.table for i in attendus)
    for invitation in attendus:
        participant = invitation.participant
        if par_table:
            cle = (invitation.table or 999, "")
        else:
            cle = (ordre[participant.college], participant.get_college_display())
        groupes[cle].append(
            LigneFeuille(
                nom=participant.nom_complet,
                qualite=participant.qualite,
                college=participant.get_college_display(),
            )
        )

    def titre(cle):
        if not par_table:
            return cle[1]
        return "Sans table" if cle[0] == 999 else f"Table {cle[0]}"

    return ContexteFeuille(
        seance=seance.titre,
        atelier=seance.atelier.nom,
        quand=periode(seance.moment_debut, seance.moment_fin) if seance.debut else "",
        lieu=lieu_dit(seance),
        signatures=signatures_de(seance),
        groupes=[GroupeFeuille(titre=titre(c), lignes=groupes[c]) for c in sorted(groupes)],
        lignes_vides=list(range(LIGNES_VIDES)),
    )


def _charger_seance(identifiant):
    return Seance.objects.select_related("atelier__service_pilote").get(pk=identifiant)


def _charger_invitation(identifiant):
    return Invitation.objects.select_related(
        "seance__atelier__service_pilote", "participant__personne", "participant__organisme"
    ).get(pk=identifiant)


declarer(
    DeclarationDocument(
        cle=LETTRE,
        titre="Lettre de convocation",
        gabarit="documents/convocation.html",
        modele=ContexteLettres,
        contexte=lettre,
        visible=lambda u, invitation: peut_gerer(u, invitation.seance.atelier),
        charger=_charger_invitation,
        nom_fichier=lambda invitation: f"convocation-{invitation.seance_id}-{invitation.pk}.pdf",
        feuilles_style=("documents/convocation.css",),
    )
)
declarer(
    DeclarationDocument(
        cle=LETTRES_PAPIER,
        titre="Lettres de convocation à poster",
        gabarit="documents/convocation.html",
        modele=ContexteLettres,
        contexte=lettres_papier,
        visible=lambda u, seance: peut_gerer(u, seance.atelier),
        charger=_charger_seance,
        nom_fichier=lambda seance: f"convocations-a-poster-{seance.pk}.pdf",
        feuilles_style=("documents/convocation.css",),
    )
)
declarer(
    DeclarationDocument(
        cle=LETTRES_TOUTES,
        titre="Lettres de convocation",
        gabarit="documents/convocation.html",
        modele=ContexteLettres,
        contexte=lettres_toutes,
        visible=lambda u, seance: peut_gerer(u, seance.atelier),
        charger=_charger_seance,
        nom_fichier=lambda seance: f"convocations-{seance.pk}.pdf",
        feuilles_style=("documents/convocation.css",),
    )
)
declarer(
    DeclarationDocument(
        cle=FEUILLE,
        titre="Feuille d’émargement",
        gabarit="documents/feuille_emargement.html",
        modele=ContexteFeuille,
        contexte=feuille,
        visible=lambda u, seance: peut_emarger(u, seance.atelier),
        charger=_charger_seance,
        nom_fichier=lambda seance: f"emargement-{seance.pk}.pdf",
        feuilles_style=("documents/convocation.css",),
    )
)
