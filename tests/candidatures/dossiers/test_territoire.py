"""Rights computed on the perimeter, pilots, frozen sheet, eligibility at deposit."""

import pytest
from django.urls import reverse

from ateliers.cadrage.domaine.visas import service_regional
from ateliers.parcours.models import Atelier
from candidatures.appels.domaine.regles import creer_regle, reviser_regle
from candidatures.dispositifs.domaine.programmes import importer_laureats
from candidatures.dossiers.documents import contexte_accuse
from candidatures.dossiers.domaine import creation, depot, designations, pilotage, redaction
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.droits import peut_modifier, porte, visibles_par
from candidatures.dossiers.models import Candidature, Copilotage
from candidatures.echanges.droits import destinataires, fils_lus
from candidatures.instruction.domaine.avis_a_demander import trier
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.courriels.domaine import deposer
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, MotifRequis
from socle.journal.domaine import historique
from socle.territoires.domaine import importer
from socle.territoires.domaine.contours_communes import importer_contours
from socle.territoires.domaine.importation import FICHIER_DEMONSTRATION
from socle.territoires.models import Commune, ContourCommune, Epci, Region
from tests.factories.candidatures import (
    communs,
    faire_appel,
    faire_brouillon,
    faire_deposee,
    remplir,
)

VILLES_SOEURS = "247600588"  # an EPCI over the Somme and the Seine-Maritime


def agent(nom, nature, departements=(), regions=()):
    organisme = Organisme.objects.create(nom=nom, nature=nature)
    organisme.departements.set(departements)
    organisme.regions.set(regions)
    return Utilisateur.objects.create_user(
        f"{organisme.pk}@essai.example",
        "x",
        prenom="A",
        nom=nom,
        role=Role.SERVICE_ETAT,
        organisme=organisme,
    )


@pytest.fixture
def agents(distribution):
    importer(["80", "76", "974", "975"])
    return {
        "ddt80": distribution.ddt,
        "dreal32": distribution.dreal,
        "ddt35": distribution.ddt_autre,
        "ddt76": agent("DDTM 76", NatureOrganisme.DDT, ["76"]),
        "dreal28": agent("DREAL 28", NatureOrganisme.DREAL, regions=["28"]),
        "deal974": agent("DEAL 974", NatureOrganisme.DEAL, regions=["04"]),
        "prefecture974": agent("Préfecture 974", NatureOrganisme.PREFECTURE, ["974"]),
        "dtam975": agent("DTAM 975", NatureOrganisme.DTAM, ["975"]),
    }


def situer(candidature, par, *, communes=(), epcis=()):
    return redaction.enregistrer_identite(
        titre=candidature.titre,
        perimetre={
            "communes": Commune.objects.filter(code__in=communes),
            "epcis": Epci.objects.filter(code__in=epcis),
            "zones": [],
        },
        **communs(candidature, par, "identite"),
    )


def deposer_sur(distribution, **territoire):
    brouillon = faire_brouillon(distribution)
    remplir(brouillon, distribution.ddt)
    situer(brouillon, distribution.ddt, **territoire)
    relu = Candidature.objects.get(pk=brouillon.pk)
    return depot.deposer(candidature=relu, par=distribution.ddt)


@pytest.mark.parametrize(
    ("territoire", "voient"),
    [
        ({"communes": ["80253"]}, {"ddt80", "dreal32"}),
        ({"epcis": [VILLES_SOEURS]}, {"ddt80", "dreal32", "ddt76", "dreal28"}),
        ({"communes": ["97411"]}, {"ddt80", "deal974", "prefecture974"}),
        ({"communes": ["97502"]}, {"ddt80", "dtam975"}),
    ],
)
def test_qui_lit_se_calcule_sur_le_perimetre(distribution, agents, territoire, voient):
    """The DDT of the Somme pilots each of them, hence always sees; nobody else is granted."""
    candidature = deposer_sur(distribution, **territoire)
    lecteurs = {
        nom for nom, a in agents.items() if visibles_par(a).filter(pk=candidature.pk).exists()
    }
    assert lecteurs == voient
    assert {nom for nom, a in agents.items() if porte(a, candidature)} == {"ddt80"}
    assert Copilotage.objects.count() == 0


def test_le_second_departement_ecrit_s_il_est_copilote(distribution, agents):
    brouillon = faire_brouillon(distribution)
    remplir(brouillon, distribution.ddt)
    situer(brouillon, distribution.ddt, epcis=[VILLES_SOEURS])
    voisin = agents["ddt76"]
    assert not visibles_par(voisin).filter(pk=brouillon.pk).exists()
    copilotage = pilotage.designer_copilote(
        candidature=brouillon, organisme=voisin.organisme, motif="Deux rives", par=distribution.ddt
    )
    relu = Candidature.objects.get(pk=brouillon.pk)
    assert visibles_par(voisin).filter(pk=brouillon.pk).exists()
    assert peut_modifier(voisin, relu)
    with pytest.raises(ActionInterdite):
        pilotage.designer_copilote(
            candidature=relu, organisme=agents["dreal28"].organisme, motif="Non", par=voisin
        )
    pilotage.retirer_copilote(copilotage=copilotage, par=distribution.ddt, motif="Erreur")
    assert not porte(voisin, Candidature.objects.get(pk=brouillon.pk))


def test_refus_du_copilotage(distribution, agents):
    brouillon = faire_brouillon(distribution)
    commun = {"candidature": brouillon, "par": distribution.ddt}
    with pytest.raises(MotifRequis):
        pilotage.designer_copilote(organisme=agents["ddt76"].organisme, motif=" ", **commun)
    with pytest.raises(ErreurMetier, match="pilote déjà"):
        pilotage.designer_copilote(organisme=distribution.ddt.organisme, motif="m", **commun)
    with pytest.raises(ErreurMetier, match="service de l’État"):
        pilotage.designer_copilote(
            organisme=distribution.collectivite_autre.organisme, motif="m", **commun
        )
    with pytest.raises(ActionInterdite):
        pilotage.designer_copilote(
            candidature=brouillon,
            organisme=agents["ddt76"].organisme,
            motif="m",
            par=distribution.collectivite,
        )


def test_la_dgaln_change_le_pilote_avec_un_motif(distribution, agents):
    candidature = deposer_sur(distribution, epcis=[VILLES_SOEURS])
    voulu = {"candidature": candidature, "organisme": agents["ddt76"].organisme, "motif": "Rive"}
    assert pilotage.services(candidature).pilote == agents["ddt76"].organisme
    with pytest.raises(ActionInterdite):
        pilotage.changer_pilote(**voulu, par=distribution.ddt)
    pilotage.changer_pilote(**voulu, garder=True, par=distribution.dgaln)
    relue = Candidature.objects.get(pk=candidature.pk)
    assert relue.service_pilote == agents["ddt76"].organisme
    assert [c.organisme for c in relue.copilotages.all()] == [distribution.ddt.organisme]


def test_la_dgaln_designe_une_autre_dreal(distribution, agents, client):
    """The one that the perimeter gives no longer reads; the other one does, everywhere."""
    deduite, autre = agents["dreal32"], agents["dreal28"]
    candidature = deposer_sur(distribution, communes=["80253"])
    atelier = Atelier(candidature=candidature, perimetre=candidature.perimetre)
    acte = {"candidature": candidature, "region": Region.objects.get(pk="32")}
    voulu = acte | {"organisme": autre.organisme, "motif": "Proximité du site"}

    def lecteurs():
        qui = {deduite: "déduite", autre: "désignée"}
        return {n for a, n in qui.items() if visibles_par(a).filter(pk=candidature.pk).exists()}

    assert (lecteurs(), service_regional(atelier)) == ({"déduite"}, deduite.organisme)
    attente = deposer(
        "candidature_invitation",
        a=[deduite],
        contexte={
            "candidature": candidature,
            "dispositif": candidature.dispositif,
            "organisme": deduite.organisme,
            "par": distribution.ddt,
            "lien": "/",
        },
        objet=candidature,
        retenu=True,
    )
    for par in (distribution.ddt, deduite):
        with pytest.raises(ActionInterdite):
            designations.designer_dreal(**voulu, par=par)
    with pytest.raises(MotifRequis):
        designations.designer_dreal(**voulu | {"motif": " "}, par=distribution.dgaln)
    with pytest.raises(ErreurMetier, match="déjà compétente"):
        designations.designer_dreal(
            **voulu | {"organisme": deduite.organisme}, par=distribution.dgaln
        )
    with pytest.raises(ErreurMetier, match="ne touche pas"):
        designations.designer_dreal(
            **voulu | {"region": Region.objects.get(pk="28")}, par=distribution.dgaln
        )
    client.force_login(distribution.dgaln)
    adresse = reverse("candidatures:designer_dreal", args=[candidature.reference, "32"])
    assert deduite.organisme.nom in client.get(adresse).content.decode()
    client.post(adresse, {"organisme": autre.organisme_id, "motif": "Proximité du site"})
    assert (lecteurs(), service_regional(atelier)) == ({"désignée"}, autre.organisme)
    attente[0].refresh_from_db()
    assert attente[0].etat == "annule"
    dits = Courriel.objects.filter(cle="candidature_dreal_changee")
    assert {c.destinataire: candidature.get_absolute_url() in c.corps for c in dits} == {
        deduite.email: False,
        autre.email: True,
    }
    relue = Candidature.objects.get(pk=candidature.pk)
    assert [(fils_lus(a, relue)) for a in (deduite, autre)] == [[], ["porteurs", "interne"]]
    assert autre in destinataires(relue, "interne", distribution.ddt)
    tri = trier([relue], [], ["dreal"])
    nommes = [o.nom for _, o in tri.possibles] + [e.organisme for e in tri.ecarts]
    assert nommes == [autre.organisme.nom]
    page = client.get("/candidatures/?colonnes=dreal").content.decode()
    liste = page.split("<tbody")[1]  # before it, the filter names them all
    assert (autre.organisme.nom in liste, deduite.organisme.nom in liste) == (True, False)
    # The filter follows the column, alone and beside another condition.
    filtres = [f"dreal={a.organisme_id}" for a in (autre, deduite)]
    ou = "entre=une&etat.2=retenue"
    for filtre, nombre in zip(
        [*filtres, f"{filtres[0]}&{ou}", "dreal=²"], (1, 0, 1, 0), strict=True
    ):
        assert (filtre, client.get(f"/candidatures/?{filtre}").context["total"]) == (filtre, nombre)
    page = client.get(reverse("candidatures:territoire", args=[candidature.reference]))
    assert "Désignée\u00a0: DREAL 28" in page.content.decode()
    client.post(
        reverse("candidatures:revenir_dreal", args=[candidature.reference, "32"]),
        {"motif": "Réorganisation"},
    )
    assert (lecteurs(), service_regional(atelier)) == ({"déduite"}, deduite.organisme)
    relue = client.get(f"/candidatures/?colonnes=dreal&{filtres[1]}")
    assert [g["tags"][0]["libelle"] for g in relue.context["groupes"]] == [
        f"DREAL compétente : {deduite.organisme.nom}"
    ]
    assert (relue.context["total"], relue.context["lignes"][0].titre) == (1, candidature.titre)
    actes = [e.motif for e, a in historique(candidature) if a.cle == "candidature.dreal_changee"]
    assert actes == ["Réorganisation", "Proximité du site"]


def test_la_collectivite_se_voit_proposer_le_service(distribution, client):
    candidature = creation.creer(
        appel=faire_appel(distribution), titre="T", par=distribution.collectivite
    )
    assert pilotage.services(candidature).pilote == distribution.ddt.organisme
    client.force_login(distribution.collectivite)
    adresse = reverse("candidatures:etape", args=[candidature.reference, "identite"])
    assert "Lui proposer de piloter" in client.get(adresse).content.decode()
    inviter = reverse("candidatures:inviter", args=[candidature.reference])
    assert client.post(inviter, {"organisme": distribution.ddt.organisme_id}).status_code == 302
    candidature.refresh_from_db()
    assert candidature.service_pilote == distribution.ddt.organisme
    assert "Lui proposer de piloter" not in client.get(adresse).content.decode()


def test_une_regle_bloquante_arrete_le_depot_et_s_explique(distribution):
    appel = faire_appel(distribution)
    regle = creer_regle(
        appel=appel,
        libelle="Villes",
        expression={"type": "population_min", "valeur": 100_000},
        bloquante=True,
        explication="L’appel vise les villes.",
        que_faire="Élargissez le périmètre.",
        par=distribution.dgaln,
    )
    candidature = remplir(faire_brouillon(distribution, appel=appel), distribution.ddt)
    (manque,) = manques(candidature)
    assert manque.phrase.startswith("L’appel vise les villes. Le périmètre compte")
    assert manque.phrase.endswith("Élargissez le périmètre.")
    assert manque.url.endswith("/rediger/identite/#id_perimetre")
    with pytest.raises(ElementsManquants):
        depot.deposer(candidature=candidature, par=distribution.ddt)
    reviser_regle(regle=regle, bloquante=False, par=distribution.dgaln)
    deposee = depot.deposer(candidature=candidature, par=distribution.ddt)
    figes = deposee.versions.get().contenu["eligibilite"]
    assert [(r["cle"], r["version"], r["verdict"]) for r in figes] == [
        ("stade-amont", 1, "tenue"),
        ("sans-accompagnement", 1, "tenue"),
        ("villes", 2, "non_tenue"),
    ]


def test_la_fiche_est_figee_au_depot(distribution):
    candidature = faire_deposee(distribution)
    figee = candidature.versions.get().contenu["fiche_territoire"]
    communes = list(Commune.objects.filter(departement="80").order_by("code")[:2])
    assert figee["communes"] == [
        {"code": c.code, "nom": c.nom, "population": c.population, "surface_km2": None}
        for c in communes
    ]
    assert figee["population"] == sum(c.population for c in communes)
    assert figee["regions"] == [{"code": "32", "nom": "Hauts-de-France"}]
    assert (figee["millesime"], figee["densite"]) == (2026, None)
    Commune.objects.filter(pk=communes[0].pk).update(population=9)
    assert contexte_accuse(candidature).fiche.communes == 2
    relue = Candidature.objects.get(pk=candidature.pk)
    assert relue.versions.get().contenu["fiche_territoire"] == figee


def test_le_recoupement_des_programmes(distribution, client):
    importer_laureats(
        texte="programme;code_insee_ou_siren;annee\npvd;80001;2021\nacv;80253;2018\n",
        source="Liste d’essai",
        par=distribution.dgaln,
    )
    candidature = faire_deposee(distribution)
    client.force_login(distribution.dgaln)
    page = client.get(reverse("candidatures:instruire", args=[candidature.reference]))
    assert "Dans la liste, non déclaré" in page.content.decode()
    assert [r.code for r in page.context["recoupements"]] == ["pvd"]


def test_la_fiche_dit_la_surface_et_la_densite(distribution, client, agents):
    importer_contours(["80"])
    candidature = deposer_sur(distribution, communes=["80253", "80044"])
    fiche = candidature.versions.get().contenu["fiche_territoire"]
    assert (fiche["surface_km2"], fiche["surfaces_connues"], fiche["densite"]) == (38.0, 2, 161.5)
    assert [c["surface_km2"] for c in fiche["communes"]] == [4.5, 33.5]
    ContourCommune.objects.all().delete()  # what is frozen stays
    client.force_login(distribution.dgaln)
    page = client.get(reverse("candidatures:territoire", args=[candidature.reference]))
    assert "161,5 habitants au km²" in page.content.decode()
    accuse = contexte_accuse(Candidature.objects.get(pk=candidature.pk)).fiche
    assert accuse.surface == "38,0\u00a0km²"
    assert "© les contributeurs d’OpenStreetMap ; IGN" in accuse.source_surface
    tri = client.get("/candidatures/?colonnes=surface,densite&tri=-densite")
    assert "38,0" in tri.content.decode()


def test_une_fusion_en_cours_de_dossier(distribution, client, agents):
    candidature = deposer_sur(distribution, communes=["80044"])
    version = candidature.versions.get().contenu
    importer(fichier=FICHIER_DEMONSTRATION)
    adresse = reverse("candidatures:territoire", args=[candidature.reference])
    client.force_login(distribution.ddt)
    page = client.get(adresse).content.decode()
    assert "Commune fusionnée le 1er\u00a0janvier 2027 dans Doullens (80)" in page
    assert "Actualiser le périmètre" not in page
    with pytest.raises(ActionInterdite):
        pilotage.actualiser(candidature=candidature, par=distribution.ddt)
    client.force_login(distribution.dgaln)
    assert "Actualiser le périmètre" in client.get(adresse).content.decode()
    pilotage.actualiser(candidature=candidature, par=distribution.dgaln)
    relue = Candidature.objects.get(pk=candidature.pk)
    assert [c.code for c in relue.perimetre.communes.all()] == ["80253"]
    assert (relue.perimetre.millesime, relue.perimetre.etats.get().millesime) == (2027, 2026)
    assert relue.versions.get().contenu == version
    with pytest.raises(ErreurMetier, match="à jour"):
        pilotage.actualiser(candidature=candidature, par=distribution.dgaln)
