"""After an election: another organisation, or another person, takes over."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidatures.dossiers import droits, journal, notifications
from candidatures.dossiers.cycle_de_vie import FINAUX
from candidatures.dossiers.domaine.commun import verrouiller
from candidatures.dossiers.domaine.creation import COLLECTIVITES, SERVICES_ETAT
from candidatures.dossiers.domaine.retraits import detacher
from candidatures.dossiers.models import Candidature
from socle.comptes.models import Organisme, Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from socle.journal.domaine import inscrire


def places(candidature: Candidature, par) -> list[Organisme]:
    """The carriers whose place this person may hand over."""
    porteurs = [candidature.service_pilote] if candidature.service_pilote_id else []
    porteurs += [portage.organisme for portage in candidature.portages.all()]
    return [o for o in porteurs if droits.peut_transferer_place(par, candidature, o.pk)]


def _verifier_successeur(candidature: Candidature, de: Organisme, vers: Organisme) -> None:
    porteurs = {p.organisme_id for p in candidature.portages.all()}
    if vers.pk in porteurs or vers.pk == candidature.service_pilote_id:
        raise ErreurMetier(f"{vers} porte déjà la candidature.")
    etat = de.pk == candidature.service_pilote_id or de.nature in SERVICES_ETAT
    if vers.nature not in (SERVICES_ETAT if etat else COLLECTIVITES):
        raise ErreurMetier(
            "Un service de l’État succède à un service de l’État, une collectivité à une "
            "collectivité."
        )


@transaction.atomic
def transferer(
    *, candidature: Candidature, de: Organisme, vers: Organisme, motif: str, par
) -> Candidature:
    """Another organisation takes the place of a carrier, whatever the stage of the dossier."""
    candidature = verrouiller(candidature)
    if not droits.peut_transferer(par, candidature):
        raise ActionInterdite("Seuls les porteurs et la DGALN transfèrent un dossier.")
    pilote = de.pk == candidature.service_pilote_id
    if not pilote and not candidature.portages.filter(organisme=de).exists():
        raise ErreurMetier(f"{de} ne porte pas la candidature.")
    if not droits.peut_transferer_place(par, candidature, de.pk):
        raise ActionInterdite(
            "Le service pilote ne se remplace que par lui-même ou par la DGALN."
            if pilote
            else "Un organisme transfère sa place. Celle d’un autre se transfère par le chef de "
            "file ou le service pilote."
        )
    if not motif.strip():
        raise MotifRequis
    _verifier_successeur(candidature, de, vers)
    if pilote:
        candidature.service_pilote = vers
    else:
        candidature.portages.filter(organisme=de).update(organisme=vers, ajoute_par=par)
    candidature.save(update_fields=["service_pilote", "modifiee_le"])
    detacher(candidature, de, motif=motif.strip(), par=par)
    inscrire(
        journal.TRANSFEREE,
        objet=candidature,
        par=par,
        motif=motif.strip(),
        de=de.nom,
        vers=vers.nom,
    )
    notifications.transfert(candidature, de, vers, motif.strip(), par)
    return candidature


@dataclass(frozen=True)
class Reprise:
    """What one person holds on one dossier, and whether this user may hand it over."""

    candidature: Candidature
    ecrit: bool
    depose: bool
    permise: bool

    @property
    def quoi(self) -> str:
        parts = ["l’invitation à écrire"] * self.ecrit + ["le dépôt"] * self.depose
        return " et ".join(parts)


def collegues(par) -> list[Utilisateur]:
    """The people of one organisme, whoever left included: their account may be closed already."""
    return list(Utilisateur.objects.filter(organisme=par.organisme_id).order_by("nom", "prenom"))


def reprises(de: Utilisateur, par) -> list[Reprise]:
    """Dossiers that this user sees, where `de` was invited by name or deposits."""
    invite = Q(coauteurs__utilisateur=de) & Q(
        coauteurs__accepte_le__isnull=False, coauteurs__revoque_le__isnull=True
    )
    trouvees = (
        droits.visibles_par(par)
        .filter(invite | Q(deposant=de))
        .exclude(etat__in=FINAUX)
        .select_related("appel__dispositif", "service_pilote")
        .prefetch_related("portages", "copilotages", "coauteurs")
        .distinct()
        .order_by("pk")
    )
    return [
        Reprise(
            candidature=c,
            ecrit=any(
                a.utilisateur_id == de.pk and a.accepte_le and not a.revoque_le
                for a in c.coauteurs.all()
            ),
            depose=c.deposant_id == de.pk,
            permise=droits.peut_passer_la_main(par, c, de),
        )
        for c in trouvees
    ]


def _verifier_personnes(de: Utilisateur, vers: Utilisateur, par) -> None:
    if de.organisme_id is None or de.organisme_id != vers.organisme_id:
        raise ErreurMetier("La main se passe entre deux personnes du même organisme.")
    if de.pk == vers.pk:
        raise ErreurMetier("Choisissez deux personnes différentes.")
    if not vers.is_active or vers.role not in droits.COAUTEURS or vers.role != de.role:
        raise ErreurMetier(f"Le compte de {vers.nom_complet} ne peut pas reprendre ces dossiers.")
    if par.organisme_id != de.organisme_id:
        raise ActionInterdite("La main se passe au sein de votre organisme.")


@transaction.atomic
def passer_la_main(*, de: Utilisateur, vers: Utilisateur, motif: str, par) -> list[Candidature]:
    """Invitations by name and deposits of one person go to a colleague, dossier by dossier."""
    _verifier_personnes(de, vers, par)
    if not motif.strip():
        raise MotifRequis
    faites = []
    for reprise in reprises(de, par):
        if reprise.permise:
            faites.append(_remettre(verrouiller(reprise.candidature), de, vers, motif.strip(), par))
    if not faites:
        raise ErreurMetier(f"{de.nom_complet} ne tient aucun dossier que vous puissiez confier.")
    return faites


def _remettre(candidature, de, vers, motif, par) -> Candidature:
    maintenant = timezone.now()
    siennes = candidature.coauteurs.filter(utilisateur=de, revoque_le=None)
    for invitation in siennes.exclude(accepte_le=None):
        deja = candidature.coauteurs.filter(revoque_le=None).filter(
            Q(utilisateur=vers) | Q(courriel=vers.email)
        )
        type(invitation).objects.filter(pk=invitation.pk).update(revoque_le=maintenant)
        if deja.filter(accepte_le__isnull=False).exists():
            continue
        deja.update(revoque_le=maintenant)
        invitation.pk = None
        invitation.utilisateur, invitation.courriel = vers, vers.email
        invitation.prenom, invitation.nom = vers.prenom, vers.nom
        invitation.invite_par, invitation.invite_le = par, maintenant
        invitation.accepte_le, invitation.revoque_le = maintenant, None
        invitation.save(force_insert=True)
    if candidature.deposant_id == de.pk:
        candidature.deposant = vers
        candidature.save(update_fields=["deposant", "modifiee_le"])
    inscrire(
        journal.MAIN_PASSEE,
        objet=candidature,
        par=par,
        motif=motif,
        de=de.nom_complet,
        vers=vers.nom_complet,
    )
    notifications.main_passee(candidature, de, vers, motif, par)
    return candidature
