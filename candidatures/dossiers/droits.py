"""Who sees and who writes a candidature.

DGALN never sees a brouillon. Those who carry it (service pilote, explicit co-pilots, porteurs) see
it at every stage. A State service also sees what is deposited on its territory, computed from the
perimeter, whatever the number of départements; organisations asked for an avis see
what they were asked about; evaluators see what is entrusted to them. Anyone else: nothing (404).
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from candidatures.appels.choix import EtatAppel
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import CYCLE_CANDIDATURE, EN_DECISION, FINAUX, MODIFIABLES
from candidatures.dossiers.models import Candidature, Repere
from socle.comptes.choix import NatureOrganisme as N
from socle.comptes.choix import Role
from socle.comptes.models import Utilisateur

PORTEURS = (Role.SERVICE_ETAT, Role.COLLECTIVITE)
COAUTEURS = (*PORTEURS, Role.EQUIPE, Role.PARTENAIRE)


def _actif(utilisateur) -> bool:
    return utilisateur.is_authenticated and utilisateur.is_active


# Conditions on `Repere`, the narrow twin: one index answers for all of them, joined by « or ».


def _portees_par(utilisateur) -> Q:
    """Carried by their organisation, or written by them on an invitation that they accepted."""
    siennes = Q(coauteurs__overlap=[utilisateur.pk])
    if utilisateur.role in PORTEURS and utilisateur.organisme_id:
        siennes |= Q(organismes__overlap=[utilisateur.organisme_id])
    return siennes


def _du_territoire(organisme) -> Q:
    """Those whose perimeter touches the départements or regions of this service, or for
    which it was designated. Where another one was, the DREAL of the region no longer answers.
    """
    departements = organisme.departements.through.objects.filter(organisme=organisme)
    regions = organisme.regions.through.objects.filter(organisme=organisme)
    ou = "regions_deduites" if organisme.nature == N.DREAL else "regions"
    touchees = Q(departements__overlap=departements.values("departement_id"))
    touchees |= Q(**{f"{ou}__overlap": regions.values("region_id")})
    touchees |= Q(designes__overlap=[organisme.pk])
    return touchees


def reperes_du_territoire(utilisateur):
    """Those for which this State service answers, deposited or not: what hangs on them follows."""
    service = _actif(utilisateur) and utilisateur.role == Role.SERVICE_ETAT
    if not service or utilisateur.organisme_id is None:
        return Repere.objects.none()
    return Repere.objects.filter(_du_territoire(utilisateur.organisme))


def deports_actifs(utilisateur):
    """The recusals of a person, known by the name that the instruction gives to its relation."""
    deport = Candidature._meta.get_field("deports").related_model
    return deport.objects.filter(personne=utilisateur, leve_le__isnull=True)


def est_deporte(utilisateur, candidature: Candidature) -> bool:
    """Recused from this dossier now; read from its recusals where a page brought them along."""
    if not _actif(utilisateur):
        return False
    if "deports" in getattr(candidature, "_prefetched_objects_cache", {}):
        actifs = (d for d in candidature.deports.all() if d.leve_le is None)
        return any(d.personne_id == utilisateur.pk for d in actifs)
    return deports_actifs(utilisateur).filter(candidature=candidature).exists()


def hors_deports(candidatures, utilisateur):
    """Without those from which this person is recused."""
    return candidatures.exclude(pk__in=deports_actifs(utilisateur).values("candidature_id"))


def confiees_a(utilisateur):
    """Entrusted to this evaluator and open to them, blind readings included."""
    confiees = Candidature.objects.filter(
        etat__in=EN_DECISION,
        evaluations__evaluateur=utilisateur,
        evaluations__ecartee_le__isnull=True,
    )
    return hors_deports(confiees, utilisateur)


def a_l_aveugle(candidatures):
    """Those whose evaluation is a blind reading."""
    return candidatures.filter(appel__phases__genre="evaluation", appel__phases__aveugle=True)


def _consultees(utilisateur) -> Q:
    """Deposited ones on which the user’s organisation was asked for an avis."""
    if utilisateur.organisme_id is None:
        return Q(pk__in=[])
    return Q(deposee_le__isnull=False, consultes__overlap=[utilisateur.organisme_id])


def reperes_visibles_par(utilisateur):
    """A recused person sees nothing of the dossier; a blind reader has the reading screen only."""
    tous = Repere.objects.all()
    if not _actif(utilisateur):
        return tous.none()
    if utilisateur.role == Role.DGALN:
        return hors_deports(tous.filter(deposee_le__isnull=False), utilisateur)
    if utilisateur.role == Role.EVALUATEUR:
        confiees = confiees_a(utilisateur).filter(pk=OuterRef("pk"))
        vues = Q(Exists(confiees)) | _consultees(utilisateur)
        aveugles = a_l_aveugle(Candidature.objects.all()).values("pk")
        return hors_deports(tous.filter(vues).exclude(pk__in=aveugles), utilisateur)
    if utilisateur.organisme_id is None:
        return tous.none()
    vues = _consultees(utilisateur)
    if utilisateur.role in COAUTEURS:
        vues |= _portees_par(utilisateur)
    if utilisateur.role == Role.SERVICE_ETAT:
        vues |= Q(deposee_le__isnull=False) & _du_territoire(utilisateur.organisme)
    return tous.filter(vues)


RECOMMENCABLES = (E.NON_RETENUE, E.IRRECEVABLE, E.RETIREE, E.REORIENTEE, E.RETENUE)


def visibles_par(utilisateur):
    """The same, as candidatures."""
    if _actif(utilisateur) and utilisateur.role == Role.DGALN:
        deposees = Candidature.objects.filter(deposee_le__isnull=False)
        return hors_deports(deposees, utilisateur)
    return Candidature.objects.filter(pk__in=reperes_visibles_par(utilisateur).values("pk"))


def reperes_portes_par(utilisateur):
    """Those that the user’s organisation carries or that they co-write, at any stage."""
    if not _actif(utilisateur) or utilisateur.role not in COAUTEURS:
        return Repere.objects.none()
    return Repere.objects.filter(_portees_par(utilisateur))


def portees_par(utilisateur, *, etats=None):
    """The same, as candidatures; `etats` is read where the right is, before the heavy rows."""
    reperes = reperes_portes_par(utilisateur)
    if etats is not None:
        reperes = reperes.filter(etat__in=etats)
    return Candidature.objects.filter(pk__in=reperes.values("pk"))


def modifiables_par(utilisateur):
    """Those that `peut_modifier` allows, as rows that one query may lock."""
    return portees_par(utilisateur).filter(etat__in=MODIFIABLES)


def organismes_porteurs(candidature: Candidature) -> set[int]:
    """The service pilote, its co-pilots and the carriers, by identifier."""
    organismes = {p.organisme_id for p in candidature.portages.all()}
    organismes |= {c.organisme_id for c in candidature.copilotages.all()}
    return organismes | ({candidature.service_pilote_id} - {None})


def represente(utilisateur, candidature: Candidature) -> bool:
    """The user acts for an organisation that carries this candidature."""
    if not _actif(utilisateur) or utilisateur.role not in PORTEURS or not utilisateur.organisme_id:
        return False
    if candidature.service_pilote_id == utilisateur.organisme_id:
        return True
    return utilisateur.organisme_id in organismes_porteurs(candidature)


def est_coauteur(utilisateur, candidature: Candidature) -> bool:
    if not _actif(utilisateur) or utilisateur.role not in COAUTEURS:
        return False
    return any(
        c.utilisateur_id == utilisateur.pk and c.accepte_le and not c.revoque_le
        for c in candidature.coauteurs.all()
    )


def porte(utilisateur, candidature: Candidature) -> bool:
    """The user writes this candidature: for an organisation that carries it, or by invitation."""
    return represente(utilisateur, candidature) or est_coauteur(utilisateur, candidature)


def est_instructeur(utilisateur, candidature: Candidature | None = None) -> bool:
    if not (_actif(utilisateur) and utilisateur.role == Role.DGALN):
        return False
    return candidature is None or not est_deporte(utilisateur, candidature)


def peut_creer(utilisateur) -> bool:
    return (
        _actif(utilisateur)
        and utilisateur.role in PORTEURS
        and utilisateur.organisme_id is not None
    )


def peut_modifier(utilisateur, candidature: Candidature) -> bool:
    return candidature.etat in MODIFIABLES and porte(utilisateur, candidature)


def peut_deposer(utilisateur, candidature: Candidature) -> bool:
    """The person designated, while they still write it; failing that, any carrier."""
    if candidature.deposant_id:
        return candidature.deposant_id == utilisateur.pk and porte(utilisateur, candidature)
    return represente(utilisateur, candidature)


def peut_inviter(utilisateur, candidature: Candidature) -> bool:
    """Choose who writes and who deposits: the carriers, not those whom they invited."""
    return candidature.etat in MODIFIABLES and represente(utilisateur, candidature)


def _agit_pour(utilisateur, organisme_id) -> bool:
    return (
        _actif(utilisateur)
        and utilisateur.role in PORTEURS
        and organisme_id is not None
        and utilisateur.organisme_id == organisme_id
    )


def peut_transferer_place(utilisateur, candidature: Candidature, organisme_id: int) -> bool:
    """Hand over the place of this carrier: its own agents; for a carrier that fails to, the chef de
    file and the service pilote; DGALN once deposited. The pilote’s place is never taken by a
    collectivité.
    """
    if candidature.etat == E.RETIREE:
        return False
    pilote = organisme_id == candidature.service_pilote_id
    if not pilote and all(p.organisme_id != organisme_id for p in candidature.portages.all()):
        return False
    if est_instructeur(utilisateur, candidature) and candidature.deposee_le is not None:
        return True
    if _agit_pour(utilisateur, organisme_id):
        return True
    chefs = (p.organisme_id for p in candidature.portages.all() if p.chef_de_file)
    tiers = (candidature.service_pilote_id, *chefs)
    return not pilote and any(_agit_pour(utilisateur, qui) for qui in tiers)


def peut_transferer(utilisateur, candidature: Candidature) -> bool:
    """After an election: one place at least (never DGALN on a brouillon: it does not see it)."""
    places = [candidature.service_pilote_id, *(p.organisme_id for p in candidature.portages.all())]
    return any(place and peut_transferer_place(utilisateur, candidature, place) for place in places)


def peut_passer_la_main(utilisateur, candidature: Candidature, personne) -> bool:
    """What one person holds here (an invitation, the deposit) goes to somebody of their organisme:
    by that person, or by those who may invite; never by a colleague on their own.
    """
    if personne.pk == utilisateur.pk:
        return porte(utilisateur, candidature)
    return peut_inviter(utilisateur, candidature)


def peut_recommencer(utilisateur, candidature: Candidature) -> bool:
    """Last year’s, once it is over: refused, irrecevable, withdrawn, followed by an atelier, or
    never deposited before its call closed.
    """
    finie = candidature.etat in RECOMMENCABLES
    finie = finie or (candidature.etat == E.BROUILLON and candidature.appel.est_ferme())
    return finie and represente(utilisateur, candidature)


def recommencables_par(utilisateur, appel):
    """Those that may serve again in this call: of another one, and not taken up in it yet."""
    if not _actif(utilisateur) or utilisateur.role not in PORTEURS or not utilisateur.organisme_id:
        return Candidature.objects.none()
    deja = Candidature.objects.filter(appel=appel, reprise_de__isnull=False)
    organisme = utilisateur.organisme_id
    sienne = Q(service_pilote=organisme) | Q(portages__organisme=organisme)
    sienne |= Q(copilotages__organisme=organisme)
    ferme = Q(appel__etat=EtatAppel.CLOS) | Q(appel__ferme_le__lte=timezone.now())
    finies = Q(etat__in=RECOMMENCABLES) | (Q(etat=E.BROUILLON) & ferme)
    return (
        Candidature.objects.filter(sienne, finies)
        .exclude(appel=appel)
        .exclude(pk__in=deja.values("reprise_de"))
        .distinct()
        .order_by("-deposee_le", "-pk")
    )


def peut_viser(utilisateur, candidature: Candidature) -> bool:
    """A commune or EPCI that carries the candidature, while it can change."""
    return (
        candidature.etat in MODIFIABLES
        and _actif(utilisateur)
        and utilisateur.role == Role.COLLECTIVITE
        and any(p.organisme_id == utilisateur.organisme_id for p in candidature.portages.all())
    )


def peut_retirer(utilisateur, candidature: Candidature) -> bool:
    return represente(utilisateur, candidature) and CYCLE_CANDIDATURE.possible(
        "retirer", candidature.etat
    )


def peut_designer_copilote(utilisateur, candidature: Candidature) -> bool:
    """The service pilote itself, or DGALN, until the procedure ends."""
    if not _actif(utilisateur) or candidature.etat in FINAUX:
        return False
    if utilisateur.role == Role.DGALN:
        return True
    return (
        utilisateur.role == Role.SERVICE_ETAT
        and utilisateur.organisme_id is not None
        and utilisateur.organisme_id == candidature.service_pilote_id
    )


def peut_changer_pilote(utilisateur, candidature: Candidature) -> bool:
    return est_instructeur(utilisateur) and candidature.etat not in FINAUX


def peut_designer_dreal(utilisateur, candidature: Candidature) -> bool:
    """The pages come from `visibles_par`, without who is recused; the verb asks again."""
    return est_instructeur(utilisateur) and candidature.etat not in FINAUX


def peut_actualiser_perimetre(utilisateur, candidature: Candidature) -> bool:
    if candidature.perimetre_id is None:
        return False
    return est_instructeur(utilisateur) or peut_modifier(utilisateur, candidature)


def peut_voir_carte(utilisateur) -> bool:
    """DGALN, and the services that answer for a region (or an overseas territory)."""
    if not _actif(utilisateur):
        return False
    if utilisateur.role == Role.DGALN:
        return True
    return (
        utilisateur.role == Role.SERVICE_ETAT
        and utilisateur.organisme is not None
        and utilisateur.organisme.nature in (N.DREAL, N.DEAL, N.DTAM)
    )


def membres(candidature: Candidature):
    """Active accounts of the organisations that carry it and of those who co-write it."""
    agents = Q(role__in=PORTEURS, organisme_id__in=organismes_porteurs(candidature))
    invites = candidature.coauteurs.filter(accepte_le__isnull=False, revoque_le__isnull=True)
    personnes = agents | Q(pk__in=invites.values("utilisateur_id"))
    return list(Utilisateur.objects.filter(personnes, is_active=True))


def agents_dgaln(candidature: Candidature):
    """Those to write to: never a recused one."""
    actifs = candidature.deports.filter(leve_le__isnull=True)
    agents = Utilisateur.objects.filter(is_active=True, role=Role.DGALN)
    return list(agents.exclude(pk__in=actifs.values("personne_id")))
