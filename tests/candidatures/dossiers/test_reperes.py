"""The narrow twin of a candidature is always what its sources say, and gives the same rights."""

from decimal import Decimal
from statistics import median
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from candidatures.dossiers import droits
from candidatures.dossiers.choix import EtatCandidature as E
from candidatures.dossiers.cycle_de_vie import EN_DECISION
from candidatures.dossiers.models import (
    Candidature,
    CoAuteur,
    Copilotage,
    Designation,
    Portage,
    Repere,
)
from candidatures.instruction.domaine.delais import delai
from candidatures.instruction.models import Avis, Deport, Evaluation
from candidatures.listes.domaine import lecture
from candidatures.listes.domaine.colonne import jours_tries
from candidatures.listes.domaine.colonnes import PAR_CLE
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.territoires.models import Departement, Perimetre, Region
from tests.candidatures.dossiers.gestes_jours import (
    MAINTENANT,
    complements,
    decision,
    il_y_a,
    jours,
    publication_redatee,
)
from tests.factories.candidatures import faire_appel

NOMS = ("dgaln", "ddt", "dreal", "collectivite", "equipe", "evaluateur")
NOMS += ("ddt_autre", "collectivite_autre", "evaluateur_autre")
ETATS = (E.BROUILLON, E.DEPOSEE, E.EN_EVALUATION, E.PRESELECTIONNEE, E.NON_RETENUE, E.IRRECEVABLE)
ETATS += (E.RETIREE, E.REORIENTEE)
CODES = ("80", "35", "62")


class Monde:
    """Three candidatures with a perimeter each, and whoever may be tied to them."""

    def __init__(self, distribution):
        self.personnes = [getattr(distribution, n) for n in NOMS if hasattr(distribution, n)]
        self.organismes = sorted({p.organisme_id for p in self.personnes if p.organisme_id})
        self.evaluateurs = [distribution.evaluateur, distribution.dgaln, distribution.equipe]
        appel = faire_appel(distribution)
        self.candidatures, self.perimetres = [], []
        for rang in range(3):
            perimetre = Perimetre.objects.create(nom=f"P{rang}", population=10 * rang, millesime=1)
            self.perimetres.append(perimetre)
            self.candidatures.append(
                Candidature.objects.create(
                    reference=f"C{rang}",
                    appel=appel,
                    titre="T",
                    perimetre=perimetre,
                    cree_par=distribution.ddt,
                )
            )
        self.par = distribution.dgaln


def etat(m, c, n):
    etat = ETATS[n % len(ETATS)]
    deposee = None if etat == E.BROUILLON else il_y_a(40 + n % 3)
    Candidature.objects.filter(pk=c.pk).update(etat=etat, deposee_le=deposee)


def pilote(m, c, n):
    choix = [*m.organismes, None]
    Candidature.objects.filter(pk=c.pk).update(service_pilote=choix[n % len(choix)])


def perimetre_echange(m, c, n):
    """Two candidatures give each other their perimeter."""
    autre = m.candidatures[n % 3]
    if autre.pk != c.pk:
        a, b = (Candidature.objects.get(pk=x.pk).perimetre_id for x in (c, autre))
        seules = Candidature.objects.filter(pk__in=(c.pk, autre.pk), deposee_le__isnull=True)
        if seules.count() == 2:
            seules.update(perimetre=None)
            Candidature.objects.filter(pk=c.pk).update(perimetre=b)
            Candidature.objects.filter(pk=autre.pk).update(perimetre=a)


def population(m, c, n):
    Perimetre.objects.filter(pk=m.perimetres[n % 3].pk).update(population=n)


def departements(m, c, n):
    m.perimetres[n % 3].departements.set(CODES[: n % 4])


def departement_deplace(m, c, n):
    """One row changes owner, as SQL may do."""
    through = Perimetre.departements.through.objects
    ligne = through.order_by("pk").first()
    vers = m.perimetres[n % 3].pk
    if ligne and not through.filter(perimetre=vers, departement=ligne.departement_id).exists():
        through.filter(pk=ligne.pk).update(perimetre=vers)


def region(m, c, n):
    regions = list(Region.objects.order_by("pk"))
    Departement.objects.filter(pk=CODES[n % 3]).update(region=regions[n % len(regions)])


def portage(m, c, n):
    organisme = m.organismes[n % len(m.organismes)]
    if not Portage.objects.filter(candidature=c, organisme=organisme).delete()[0]:
        Portage.objects.create(candidature=c, organisme_id=organisme)


def copilotage(m, c, n):
    organisme = m.organismes[n % len(m.organismes)]
    if not Copilotage.objects.filter(candidature=c, organisme=organisme).delete()[0]:
        Copilotage.objects.bulk_create(
            [Copilotage(candidature=c, organisme_id=organisme, motif="M")]
        )


def designation(m, c, n):
    """Of one of them for a region, then taken away; or moved to another dossier, as SQL may do."""
    region = Departement.objects.get(pk=CODES[n % 3]).region
    organisme = m.organismes[n % len(m.organismes)]
    siennes = Designation.objects.filter(candidature=c, region=region)
    autre = m.candidatures[n % 3]
    if n % 2 and not Designation.objects.filter(candidature=autre, region=region).exists():
        siennes.update(candidature=autre)
        return
    changee = siennes.exclude(organisme=organisme).update(organisme=organisme)
    if not changee and not siennes.delete()[0]:
        Designation.objects.create(candidature=c, region=region, organisme_id=organisme, motif="M")


def portage_cede(m, c, n):
    Portage.objects.filter(candidature=m.candidatures[n % 3]).exclude(
        organisme__in=Portage.objects.filter(candidature=c).values("organisme")
    ).update(candidature=c, chef_de_file=False)


def consultation(m, c, n):
    Candidature.objects.get(pk=c.pk).consultes.set(m.organismes[: n % 5])


def coauteur(m, c, n):
    personne = m.personnes[n % len(m.personnes)]
    siens = CoAuteur.objects.filter(candidature=c, utilisateur=personne)
    if siens.filter(accepte_le__isnull=True).update(accepte_le=MAINTENANT):
        return
    if siens.filter(revoque_le__isnull=True).update(revoque_le=MAINTENANT):
        return
    CoAuteur.objects.create(
        candidature=c,
        courriel=f"{n}@x.example",
        utilisateur=personne,
        invite_par=m.par,
        invite_le=MAINTENANT,
        expire_le=MAINTENANT,
    )


def _evaluation(m, c, n):
    lue, _ = Evaluation.objects.get_or_create(
        candidature=c,
        evaluateur=m.evaluateurs[n % 3],
        defaults={"confiee_le": MAINTENANT, "confiee_par": m.par},
    )
    return Evaluation.objects.filter(pk=lue.pk)


def evaluation_confiee(m, c, n):
    _evaluation(m, c, n)


def evaluation_deposee(m, c, n):
    _evaluation(m, c, n).update(depose_le=MAINTENANT, moyenne=Decimal(n % 500) / 100)


def evaluation_rouverte(m, c, n):
    _evaluation(m, c, n).update(depose_le=None, moyenne=None)


def evaluation_ecartee(m, c, n):
    _evaluation(m, c, n).update(ecartee_le=MAINTENANT, ecartee_motif="Déport")


def evaluation_reprise(m, c, n):
    _evaluation(m, c, n).delete()


def avis(m, c, n):
    """Asked, then given, then taken away."""
    organisme = m.organismes[n % len(m.organismes)]
    siens = Avis.objects.filter(candidature=c, organisme=organisme)
    donne = {"rendu_le": MAINTENANT, "sens": "favorable", "texte": "T", "auteur": m.par}
    if siens.filter(rendu_le__isnull=True).update(**donne) or siens.delete()[0]:
        return
    Avis.objects.create(
        candidature=c,
        organisme_id=organisme,
        demande_le=MAINTENANT,
        demande_par=m.par,
        echeance=MAINTENANT.date(),
    )


def deport(m, c, n):
    personne = m.personnes[n % len(m.personnes)]
    actifs = Deport.objects.filter(candidature=c, personne=personne, leve_le__isnull=True)
    if not actifs.update(leve_le=MAINTENANT, leve_par=m.par, motif_levee="M"):
        Deport.objects.create(
            candidature=c, personne=personne, origine="declare", motif="M", le=MAINTENANT
        )


GESTES = (etat, etat, pilote, perimetre_echange, population, departements, departements)
GESTES += (departement_deplace, region, portage, portage_cede, copilotage, consultation, coauteur)
GESTES += (designation, designation)
GESTES += (evaluation_confiee, evaluation_deposee, evaluation_deposee, evaluation_rouverte)
GESTES += (evaluation_ecartee, evaluation_reprise, avis, deport)
GESTES += (complements, complements, complements, decision, publication_redatee)
SUITES = st.lists(
    st.tuples(st.sampled_from(GESTES), st.integers(0, 2), st.integers(0, 600)), max_size=14
)


def recalcule(c) -> dict:
    """From the sources, one relation after the other, in Python."""
    depts = list(c.perimetre.departements.select_related("region")) if c.perimetre else []
    regions = {d.region_id for d in depts}
    comptees = [e for e in c.evaluations.all() if e.ecartee_le is None]
    moyennes = [e.moyenne for e in comptees if e.moyenne is not None]
    avis = list(c.avis.all())
    organismes = {p.organisme_id for p in c.portages.all()}
    organismes |= {p.organisme_id for p in c.copilotages.all()} | ({c.service_pilote_id} - {None})
    acceptees = (a for a in c.coauteurs.all() if a.accepte_le and not a.revoque_le)
    moyenne = sum(moyennes) / len(moyennes) if moyennes else None
    return {
        "appel_id": c.appel_id,
        "etat": c.etat,
        "deposee_le": c.deposee_le,
        "population": c.perimetre.population if c.perimetre else None,
        "lieu": ",".join(sorted(d.pk for d in depts)),
        "departements": sorted(d.pk for d in depts),
        "regions": sorted(regions),
        "regions_deduites": sorted(regions - {g.region_id for g in c.designations.all()}),
        "designes": sorted(
            {g.organisme_id for g in c.designations.all() if g.region_id in regions}
        ),
        "organismes": sorted(organismes),
        "coauteurs": sorted({a.utilisateur_id for a in acceptees}),
        "consultes": sorted(o.pk for o in c.consultes.all()),
        "note_moyenne": None if moyenne is None else round(moyenne, 10),
        "note_mediane": median(moyennes) if moyennes else None,
        "evaluations_deposees": sum(e.depose_le is not None for e in comptees)
        if comptees
        else None,
        "jours": jours(c),
        "avis_recus": sum(a.rendu_le is not None for a in avis) if avis else None,
    }


def ligne_dite(ligne) -> int | None:
    """What the list and the exports say of its days."""
    dits = {PAR_CLE["jours"].cellule(ligne), PAR_CLE["jours"].en_texte(ligne)}
    (dit,) = dits
    return None if dit == "" else dit


def voit(p, c) -> bool:
    """The right, told from the relations of the dossier, without its twin."""
    if c.deports.filter(personne=p, leve_le__isnull=True).exists() and p.role in (
        Role.DGALN,
        Role.EVALUATEUR,
    ):
        return False
    if p.role == Role.DGALN:
        return c.deposee_le is not None
    consulte = c.deposee_le is not None and c.consultes.filter(pk=p.organisme_id).exists()
    if p.role == Role.EVALUATEUR:
        confiee = c.evaluations.filter(evaluateur=p, ecartee_le__isnull=True).exists()
        return (confiee and c.etat in EN_DECISION) or consulte
    if p.role in droits.COAUTEURS and c.coauteurs.filter(
        utilisateur=p, accepte_le__isnull=False, revoque_le__isnull=True
    ):
        return True
    if p.role in droits.PORTEURS and p.organisme_id in droits.organismes_porteurs(c):
        return True
    if p.role == Role.SERVICE_ETAT and c.deposee_le and c.perimetre:
        touches = c.perimetre.departements.all()
        siennes = p.organisme.regions.all()
        actes = c.designations.filter(region__in=touches.values("region"))
        if p.organisme.nature == NatureOrganisme.DREAL:
            siennes = siennes.exclude(pk__in=actes.values("region"))
        siens = touches.filter(pk__in=p.organisme.departements.all()) | touches.filter(
            region__in=siennes
        )
        if siens.exists() or actes.filter(organisme=p.organisme).exists():
            return True
    return consulte


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suite=SUITES)
@example(suite=[(etat, 0, 5), (complements, 0, 0)])
@example(suite=[(etat, 0, 6), (complements, 0, 0), (decision, 0, 3)])
def test_le_repere_dit_ses_sources_et_donne_les_memes_droits(distribution, suite):
    with transaction.atomic():
        m = Monde(distribution)
        for geste, cible, n in suite:
            geste(m, m.candidatures[cible], n)
        lues = [Candidature.objects.get(pk=c.pk) for c in m.candidatures]
        for c in lues:
            reperes = Repere.objects.annotate(jours=jours_tries(""))
            dit = reperes.values(*recalcule(c)).get(pk=c.pk)
            assert dit == recalcule(c), suite
            (ligne,) = lecture.valeurs(Candidature.objects.filter(pk=c.pk), [PAR_CLE["jours"]])
            du_dossier = (lu := delai(c)) and lu.jours
            assert [du_dossier, ligne_dite(ligne)] == [dit["jours"]] * 2, suite
        for personne in m.personnes:
            p = Utilisateur.objects.select_related("organisme").get(pk=personne.pk)
            attendues = {c.pk for c in lues if voit(p, c)}
            assert set(droits.visibles_par(p).values_list("pk", flat=True)) == attendues, p.role
            reperes = droits.reperes_visibles_par(p).values_list("pk", flat=True)
            assert set(reperes) == attendues, p.role
        transaction.set_rollback(True)


def test_une_candidature_supprimee_n_en_laisse_pas(distribution):
    m = Monde(distribution)
    c = m.candidatures[0]
    portage(m, c, 0)
    consultation(m, c, 3)
    Candidature.objects.get(pk=c.pk).delete()
    assert set(Repere.objects.values_list("pk", flat=True)) == {c.pk for c in m.candidatures[1:]}


def test_qui_n_a_pas_d_organisme_ne_porte_rien(distribution):
    """A dossier without a pilot is not carried by who has no organisation."""
    m = Monde(distribution)
    assert Organisme.objects.exists() and m.candidatures[0].service_pilote_id is None
    distribution.ddt.organisme = None
    assert list(droits.portees_par(distribution.ddt)) == []
    assert list(droits.visibles_par(distribution.ddt)) == []


@pytest.mark.django_db(transaction=True)
def test_deux_depots_simultanes_comptent_tous_les_deux(distribution):
    """Each sees the other’s mean once the row is theirs, whatever their first snapshot."""
    m = Monde(distribution)
    c = m.candidatures[0]
    lues = [_evaluation(m, c, n).get().pk for n in range(2)]
    depart = Barrier(2)

    def deposer(pk, moyenne):
        with transaction.atomic():
            Evaluation.objects.get(pk=pk)
            depart.wait(10)
            Evaluation.objects.filter(pk=pk).update(depose_le=MAINTENANT, moyenne=moyenne)
        connection.close()

    fils = [Thread(target=deposer, args=(pk, n)) for pk, n in zip(lues, (2, 4), strict=True)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    repere = Repere.objects.get(pk=c.pk)
    assert (repere.note_moyenne, repere.evaluations_deposees) == (3, 2)
