"""The pages that are measured: who asks, which address, which aim."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import Resolver404, resolve

from candidatures.appels.models import Appel
from candidatures.comite.models import Comite
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.domaine.revisions import revisions_de
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import Decision, Evaluation
from config.banc import pages_ateliers
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

# Aims, as ratios to the floor of the same run.
ET_OU = "?etat=retenue&population_min=20000&etat.2=preselectionnee&region.2=32&entre=une"
CHAMP = "section.objet"
VISEES = {"plancher": None, "liste": 3, "dossier": 2, "tableau": 8, "ecriture": 2}


def ouvrir_une_session(utilisateur) -> str:
    """A signed-in session, without the sign-in page."""
    magasin = import_module(settings.SESSION_ENGINE).SessionStore()
    magasin[SESSION_KEY] = str(utilisateur.pk)
    magasin[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    magasin[HASH_SESSION_KEY] = utilisateur.get_session_auth_hash()
    magasin.save()
    return magasin.session_key


def acteurs() -> dict[str, Utilisateur]:
    """One account per point of view; the DDT is that of the draft being typed."""
    brouillon = _brouillon()
    return {
        "dgaln": Utilisateur.objects.get(email="dgaln@banc.example"),
        "evaluateur": Utilisateur.objects.get(email="evaluateur-0@banc.example"),
        "ddt": Utilisateur.objects.get(pk=brouillon.cree_par_id),
        "pilote": pages_ateliers.pilote(),
        "dreal": Utilisateur.objects.filter(role=Role.SERVICE_ETAT, email__startswith="dreal-32")
        .order_by("pk")
        .get(),
    }


def _brouillon() -> Candidature:
    return Candidature.objects.filter(etat=E.BROUILLON).order_by("pk").first()


def _listes(national) -> list[tuple]:
    comite = Comite.objects.get(appel=national).pk
    c, i = "/candidatures/", f"/instruction/?appel={national.slug}"
    return [
        ("Tableau de bord, DGALN", "dgaln", "liste", "/tableau-de-bord/"),
        ("Tableau de bord, DDT", "ddt", "liste", "/tableau-de-bord/"),
        ("Candidatures, première page", "dgaln", "liste", c),
        ("Candidatures, page 40", "dgaln", "liste", f"{c}?page=40"),
        ("Candidatures, par titre", "dgaln", "liste", f"{c}?tri=titre"),
        ("Candidatures, par appel", "dgaln", "liste", f"{c}?tri=-appel"),
        ("Candidatures, par population", "dgaln", "liste", f"{c}?tri=-population"),
        ("Candidatures, par date de dépôt", "dgaln", "liste", f"{c}?tri=-depot"),
        ("Candidatures, un état", "dgaln", "liste", f"{c}?etat=non_retenue"),
        ("Candidatures, une région", "dgaln", "liste", f"{c}?region=32"),
        ("Candidatures, et/ou", "dgaln", "liste", f"{c}{ET_OU}"),
        ("Candidatures, un mot de toutes", "dgaln", "liste", f"{c}?texte=amenagement"),
        ("Candidatures, un mot d’une sur vingt", "dgaln", "liste", f"{c}?texte=verreries"),
        ("Candidatures, une DREAL", "dreal", "liste", c),
        ("Instruction, tous les appels", "dgaln", "liste", "/instruction/"),
        ("Instruction, par note", "dgaln", "liste", "/instruction/?tri=-notes"),
        ("Instruction, par jours", "dgaln", "liste", "/instruction/?tri=-jours"),
        ("Instruction, avis en retard", "dgaln", "liste", "/instruction/?avis=retard"),
        ("Instruction d’un appel", "dgaln", "liste", i),
        ("Comité, 250 dossiers", "dgaln", "tableau", f"/instruction/comite/{comite}/"),
        (
            "Comité, délibérations",
            "dgaln",
            "tableau",
            f"/instruction/comite/{comite}/deliberations/",
        ),
        (
            "Décisions à publier, 50 sur 150",
            "dgaln",
            "liste",
            f"/instruction/decisions/?appel={national.slug}",
        ),
        (
            "Confirmer la publication de 150",
            "dgaln",
            "tableau",
            f"/instruction/decisions/confirmer/?appel={national.slug}",
        ),
        ("Évaluations d’un évaluateur", "evaluateur", "liste", "/evaluations/"),
        ("Appels", "dgaln", "liste", "/appels/"),
        ("Carte", "dgaln", "liste", "/candidatures/carte/"),
        ("Exports", "dgaln", "liste", "/exports/"),
        ("Calendrier, réserves", "dgaln", "liste", "/calendrier/reserves/"),
        (
            "Calendrier des séances d’une session",
            "dgaln",
            "liste",
            f"/calendrier/sessions/{national.session_id}/",
        ),
        ("Page d’un appel", "dgaln", "liste", f"/appels/{national.slug}/"),
    ]


def _dossiers(dossier, confiee, brouillon) -> list[tuple]:
    deux = f"c={dossier.reference}&c={confiee.reference}"
    d, b = f"/candidatures/{dossier.reference}", f"/candidatures/{brouillon.reference}"
    return [
        ("Dossier, DGALN", "dgaln", "dossier", f"{d}/"),
        ("Dossier, instruction", "dgaln", "dossier", f"{d}/instruction/"),
        ("Dossier, historique", "dgaln", "dossier", f"{d}/historique/"),
        ("Préparer la décision", "dgaln", "dossier", f"{d}/decision/preparer/"),
        ("Lire et noter", "evaluateur", "dossier", f"/candidatures/{confiee.reference}/lire/"),
        ("Côte à côte, deux dossiers", "dgaln", "liste", f"/candidatures/comparer/?{deux}"),
        ("Brouillon, son dossier", "ddt", "dossier", f"{b}/"),
        (
            "Brouillon, rédiger",
            "ddt",
            "dossier",
            f"{b}/rediger/objet/",
        ),
        (
            "Brouillon, déposer",
            "ddt",
            "dossier",
            f"{b}/rediger/depot/",
        ),
    ]


def _existe(adresse: str) -> bool:
    try:
        resolve(urlsplit(adresse).path)
    except Resolver404:
        return False
    return True


def pages() -> dict:
    """What `outils/banc.py` needs: sessions, pages, and the field that is typed."""
    national = Appel.objects.get(slug="appel-0")
    brouillon = _brouillon()
    confiee = (
        Evaluation.objects.filter(
            evaluateur__email="evaluateur-0@banc.example",
            candidature__etat=E.EN_EVALUATION,
            depose_le=None,
        )
        .order_by("pk")
        .first()
        .candidature
    )
    dossier = (
        Decision.objects.filter(publication=None, candidature__appel=national)
        .order_by("pk")
        .first()
        .candidature
    )
    toutes = [
        ("Plancher, 50 lignes", "dgaln", "plancher", "/banc/plancher/"),
        *_listes(national),
        *_dossiers(dossier, confiee, brouillon),
    ]
    toutes = [*((*une, {}) for une in toutes), *pages_ateliers.pages()]
    sessions = {nom: ouvrir_une_session(qui) for nom, qui in acteurs().items()}
    return {
        "sessions": sessions | {"": ""},  # nobody signed in: a signed link, a diary
        "pages": [
            {"page": p, "qui": qui, "genre": genre, "chemin": chemin, "vise": VISEES[genre]} | plus
            for p, qui, genre, chemin, plus in toutes
            if _existe(chemin)
        ],
        "saisie": {
            "qui": "ddt",
            "chemin": f"/candidatures/{brouillon.reference}/saisie/",
            "champ": CHAMP,
            "revision": revisions_de(brouillon, CHAMP).get(CHAMP, 0),
        },
    }
