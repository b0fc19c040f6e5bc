"""Reviewers as the DGALN sees them: load, themes, recusals. And the profile they fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q

from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.models import Candidature
from candidatures.instruction import journal
from candidatures.instruction.domaine.profils import LECTEURS
from candidatures.instruction.domaine.progression import Avancee
from candidatures.instruction.droits import peut_instruire
from candidatures.instruction.gardes import sans_deliberees
from candidatures.instruction.models import Deport, Evaluation, MandatElectif, ProfilEvaluateur
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.domaine import inscrire

CHARGE_MAX = 500


@dataclass(frozen=True)
class EvaluateurLu:
    personne: Utilisateur
    confies: int = 0
    deposes: int = 0
    charge_max: int | None = None
    themes: list[str] = field(default_factory=list)
    deports: int = 0
    mandats: int = 0
    avancees: list[Avancee] = field(default_factory=list)

    @property
    def complet(self) -> bool:
        return self.charge_max is not None and self.confies - self.deposes >= self.charge_max


def peut_modifier_profil(utilisateur, personne) -> bool:
    """One’s own, or anybody’s for the DGALN."""
    if personne.role not in LECTEURS:
        return False
    return utilisateur == personne or peut_instruire(utilisateur)


def profil_de(personne) -> ProfilEvaluateur:
    """The stored one, or an empty one that is not saved."""
    profil = ProfilEvaluateur.objects.filter(personne=personne).first()
    return profil or ProfilEvaluateur(personne=personne)


def evaluateurs() -> list[EvaluateurLu]:
    """All the evaluators, and the agents of the DGALN who evaluate; a fixed number of queries."""
    charges = _charges()
    confies = Evaluation.comptees.order_by().values("evaluateur_id")
    personnes = Utilisateur.objects.filter(
        Q(role=Role.EVALUATEUR) | Q(role=Role.DGALN, pk__in=confies), is_active=True
    )
    personnes = personnes.select_related("organisme").order_by("nom", "prenom", "pk")
    profils = {p.personne_id: p for p in ProfilEvaluateur.objects.prefetch_related("themes")}
    deports = _compter(Deport.objects.filter(leve_le__isnull=True))
    mandats = _compter(MandatElectif.objects.filter(fin__isnull=True))
    return [
        EvaluateurLu(
            personne=p,
            confies=sum(a.total for a in charges.get(p.pk, ())),
            deposes=sum(a.deposees for a in charges.get(p.pk, ())),
            avancees=charges.get(p.pk, []),
            charge_max=profils[p.pk].charge_max if p.pk in profils else None,
            themes=[t.libelle for t in profils[p.pk].themes.all()] if p.pk in profils else [],
            deports=deports.get(p.pk, 0),
            mandats=mandats.get(p.pk, 0),
        )
        for p in personnes
    ]


def _charges() -> dict[int, list[Avancee]]:
    """By person then appel, in the appels that are evaluated now: what they read on their own page
    (dossiers in evaluation, and all that was filed)."""
    en_cours = Candidature.objects.filter(etat__in=EN_DECISION).order_by().values("appel_id")
    siennes = Evaluation.comptees.filter(candidature__appel__in=en_cours).filter(
        Q(candidature__etat__in=EN_DECISION) | Q(depose_le__isnull=False)
    )
    siennes = sans_deliberees(siennes, si=Q(depose_le__isnull=True)).order_by()
    lues = siennes.values_list("evaluateur", "candidature__appel__titre").annotate(
        confies=Count("pk"), deposes=Count("pk", filter=Q(depose_le__isnull=False))
    )
    charges: dict[int, list[Avancee]] = {}
    for personne, appel, confies, deposes in sorted(lues):
        charges.setdefault(personne, []).append(Avancee(appel, confies, deposes))
    return charges


def _compter(lignes) -> dict[int, int]:
    lues = lignes.order_by().values_list("personne").annotate(nombre=Count("pk"))
    return dict(lues)


@transaction.atomic
def enregistrer_profil(*, personne, charge_max: int | None, themes, par) -> ProfilEvaluateur:
    """How many dossiers at most (nothing: no limit), and the themes the person knows."""
    if not peut_modifier_profil(par, personne):
        raise ActionInterdite("Un profil se modifie par la personne ou par la DGALN.")
    if charge_max is not None and not 1 <= charge_max <= CHARGE_MAX:
        raise ErreurMetier(f"Indiquez de 1 à {CHARGE_MAX} dossiers, ou rien.")
    Utilisateur.objects.select_for_update(of=("self",)).get(pk=personne.pk)
    profil, _ = ProfilEvaluateur.objects.update_or_create(
        personne=personne, defaults={"charge_max": charge_max}
    )
    profil.themes.set(themes)
    inscrire(journal.PROFIL_ENREGISTRE, objet=personne, par=par)
    return profil
