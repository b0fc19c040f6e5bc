"""What a blind reader must not read of a dossier, gathered from the database."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q

from candidatures.dossiers.models import Candidature
from candidatures.instruction import notifications
from candidatures.instruction.domaine.masque import Jeton, fabriquer
from candidatures.instruction.models import Evaluation
from socle.comptes.choix import Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Commune

PORTEUR = "[porteur]"
PERSONNE = "[personne]"


def lettre(rang: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    lettres = ""
    rang += 1
    while rang:
        rang, reste = divmod(rang - 1, 26)
        lettres = chr(65 + reste) + lettres
    return lettres


def etiquettes(appels) -> dict[int, str]:
    """« Territoire A » for each deposited dossier of these appels, by order of deposit."""
    noms: dict[int, str] = {}
    rangs: dict[int, int] = {}
    deposees = Candidature.objects.filter(appel__in=appels, deposee_le__isnull=False)
    for pk, appel in deposees.order_by("deposee_le", "pk").values_list("pk", "appel_id"):
        rangs[appel] = rangs.get(appel, -1) + 1
        noms[pk] = f"Territoire {lettre(rangs[appel])}"
    return noms


def lit_a_l_aveugle(utilisateur, candidature: Candidature) -> bool:
    """Evaluators only: an agent who instructs already knows the territory."""
    if utilisateur.role != Role.EVALUATEUR:
        return False
    return any(phase.aveugle for phase in candidature.appel.phases.all())


def _territoire(contenu: dict, perimetre, nom: str) -> list[Jeton]:
    lus = contenu.get("perimetre") or {}
    noms = [
        p["nom"] for cle in ("communes", "epcis", "zones", "departements") for p in lus.get(cle, ())
    ]
    if perimetre:
        couvertes = Commune.objects.filter(code__in=perimetre.couverture)
        for valeurs in couvertes.order_by().values_list(
            "nom", "epci__nom", "departement__nom", "departement__region__nom"
        ):
            noms += [v for v in valeurs if v]
    return [Jeton(n, nom) for n in noms]


def masque_de(candidature: Candidature, contenu: dict, nom: str) -> Callable[[str], str]:
    """Territory, carriers and their people, hidden. `contenu`: the frozen dossier."""
    pilote = contenu.get("service_pilote")
    organismes = [o["id"] for o in contenu.get("porteurs", ())] + ([pilote["id"]] if pilote else [])
    jetons = _territoire(contenu, candidature.perimetre, nom)
    codes = [d["code"] for d in (contenu.get("perimetre") or {}).get("departements", ())]
    for noms in Organisme.objects.filter(pk__in=organismes).values_list("nom", "sigle"):
        jetons += [Jeton(n, PORTEUR) for n in noms if n]
    jetons += [Jeton(p["porteur"], PORTEUR) for p in contenu.get("projets", ()) if p["porteur"]]
    personnes = Utilisateur.objects.filter(
        Q(organisme__in=organismes, role__in=(Role.SERVICE_ETAT, Role.COLLECTIVITE))
        | Q(pk=candidature.cree_par_id)
    )
    for prenom, patronyme in personnes.order_by().values_list("prenom", "nom"):
        jetons += [Jeton(f"{prenom} {patronyme}", PERSONNE), Jeton(patronyme, PERSONNE)]
    return fabriquer(jetons, codes)


@transaction.atomic
def masquer_la_boite(appel, par) -> None:
    """The appel has just become blind: what waits for an evaluator leaves without the names."""
    dossiers = Candidature.objects.filter(appel=appel)
    evaluateurs = Utilisateur.objects.filter(role=Role.EVALUATEUR)
    motif = "L’évaluation est désormais à l’aveugle."
    retires = notifications.retirer(dossiers, evaluateurs, motif, par)
    cles = [c.objet_id for c in retires if c.cle in notifications.CONFIES]
    aveugles = Evaluation.comptees.filter(pk__in=cles).select_related("evaluateur", "candidature")
    aveugles = list(aveugles.prefetch_related("candidature__appel__phases"))
    notifications.a_evaluer(aveugles, par, noms_masques(aveugles))


def noms_masques(evaluations) -> dict[int, str]:
    """What each blind reader reads instead of the title, by evaluation (for their mail)."""
    masquees = [e for e in evaluations if lit_a_l_aveugle(e.evaluateur, e.candidature)]
    noms = etiquettes({e.candidature.appel_id for e in masquees}) if masquees else {}
    return {e.pk: noms[e.candidature_id] for e in masquees}
