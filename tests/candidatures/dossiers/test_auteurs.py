"""People invited to write, the one who deposits, visas, mandates, transfer, who wrote what."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import (
    coauteurs,
    creation,
    depot,
    ecrits,
    redaction,
    transfert,
    visas,
)
from candidatures.dossiers.domaine.manques import avertissements, manques
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature, CoAuteur
from socle.comptes.choix import NatureOrganisme, Role
from socle.comptes.models import Organisme, Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ConflitDeVersion, ElementsManquants, ErreurMetier
from socle.interface.francais import de
from socle.territoires.models import Commune, Epci
from tests.factories.appels import poser, publier, reviser
from tests.factories.candidatures import PDF, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db
MOT = "une-phrase-assez-longue"


@pytest.fixture
def brouillon(distribution):
    return faire_brouillon(distribution)


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def inviter(candidature, par, **plus):
    donnees = {"courriel": "Anne@exemple.fr", "prenom": "Anne", "nom": "Petit"}
    donnees |= {"organisme_nom": "Atelier du lin"} | plus
    return coauteurs.inviter_personne(candidature=candidature, par=par, **donnees)


def test_une_personne_sans_compte_l_ouvre_et_n_ecrit_que_ce_dossier(
    brouillon, distribution, client
):
    autre = faire_brouillon(distribution, titre="Un autre dossier")
    faire_deposee(distribution, titre="Une déposée")
    invitation = inviter(brouillon, distribution.ddt)
    courriel = Courriel.objects.get(cle="candidature_coauteur")
    assert courriel.destinataire == "anne@exemple.fr"
    chemin = coauteurs.chemin(invitation)
    assert chemin in courriel.corps
    assert client.get(chemin).status_code == 200
    donnees = {"prenom": "Anne", "nom": "Petit", "mot_de_passe": MOT, "confirmation": MOT}
    reponse = client.post(chemin, donnees)
    assert reponse.url == reverse("candidatures:etape", args=[brouillon.reference, "identite"])
    anne = Utilisateur.objects.get(email="anne@exemple.fr")
    assert (anne.role, anne.organisme.nom) == ("partenaire", "Atelier du lin")
    assert list(droits.visibles_par(anne)) == [brouillon]
    assert list(droits.portees_par(anne)) == [brouillon]
    assert client.get(reponse.url).status_code == 200
    assert client.get(autre.get_absolute_url()).status_code == 404
    saisie = reverse("candidatures:saisie", args=[brouillon.reference])
    champ = {"champ": "section.objet", "valeur": "D’Anne", "revision": "0"}
    assert client.post(saisie, champ).status_code == 200
    assert client.get(chemin).url == brouillon.get_absolute_url()
    client.logout()
    assert "Invitation déjà utilisée" in client.get(chemin).content.decode()


def test_une_coautrice_verifie_mais_ne_depose_ni_n_invite_ni_ne_retire(brouillon, distribution):
    candidature = remplir(brouillon, distribution.ddt)
    anne = coauteurs.ouvrir_compte(
        invitation=inviter(brouillon, distribution.ddt),
        prenom="Anne",
        nom="Petit",
        mot_de_passe=MOT,
    )
    candidature = relire(candidature)
    assert droits.peut_modifier(anne, candidature)
    for verbe in (
        lambda: depot.deposer(candidature=candidature, par=anne),
        lambda: depot.retirer(candidature=candidature, par=anne, motif="Non"),
        lambda: inviter(candidature, anne, courriel="b@exemple.fr"),
        lambda: coauteurs.designer_deposant(candidature=candidature, deposant=anne, par=anne),
    ):
        with pytest.raises(ActionInterdite):
            verbe()


def test_la_personne_designee_depose_seule(brouillon, distribution):
    candidature = remplir(brouillon, distribution.ddt)
    coauteurs.designer_deposant(
        candidature=candidature, deposant=distribution.collectivite, par=distribution.ddt
    )
    with pytest.raises(ActionInterdite) as refus:
        depot.deposer(candidature=candidature, par=distribution.ddt)
    nom = distribution.collectivite.nom_complet
    assert str(refus.value) == f"Le dépôt de la candidature est confié à {nom}."
    assert depot.deposer(candidature=candidature, par=distribution.collectivite).deposee_le


def test_une_invitation_perimee_revoquee_remplacee_ou_falsifiee_ne_mene_a_rien(
    brouillon, distribution, client
):
    premiere = inviter(brouillon, distribution.ddt)
    ancien = coauteurs.chemin(premiere)
    CoAuteur.objects.update(invite_le=timezone.now() - timedelta(days=1))
    seconde = inviter(brouillon, distribution.ddt)
    assert client.get(ancien).status_code == 404
    ancien = coauteurs.chemin(seconde)
    seconde = coauteurs.renvoyer(coauteur=seconde, par=distribution.collectivite)
    assert client.get(ancien).status_code == 404
    assert client.get(coauteurs.chemin(seconde)).status_code == 200
    assert client.get(coauteurs.chemin(seconde)[:-3] + "xx/").status_code == 404
    CoAuteur.objects.filter(pk=seconde.pk).update(expire_le=timezone.now() - timedelta(hours=1))
    assert client.get(coauteurs.chemin(seconde)).status_code == 404
    troisieme = inviter(brouillon, distribution.ddt)
    coauteurs.revoquer(coauteur=troisieme, par=distribution.ddt)
    assert client.post(coauteurs.chemin(troisieme), {}).status_code == 404
    assert not Utilisateur.objects.filter(email="anne@exemple.fr").exists()


def test_un_autre_compte_ne_prend_pas_l_invitation(brouillon, distribution, connecte):
    invitation = inviter(brouillon, distribution.ddt, courriel=distribution.equipe.email)
    chemin = coauteurs.chemin(invitation)
    assert connecte("ddt_autre").post(chemin).status_code == 403
    equipe = connecte("equipe")

    def au_menu():
        return "Candidatures" in [
            e["libelle"] for e in equipe.get("/ateliers/").context["menu_principal"]
        ]

    assert not au_menu()
    assert equipe.post(chemin).status_code == 302
    assert list(droits.portees_par(distribution.equipe)) == [brouillon]
    assert au_menu()
    coauteurs.revoquer(coauteur=CoAuteur.objects.get(), par=distribution.ddt)
    assert list(droits.visibles_par(distribution.equipe)) == []


def test_personne_n_est_rattache_a_un_organisme_que_l_on_ne_represente_pas(brouillon, distribution):
    dreal = distribution.dreal.organisme
    with pytest.raises(ActionInterdite):
        inviter(brouillon, distribution.collectivite, organisme=dreal)
    with pytest.raises(ErreurMetier):
        inviter(brouillon, distribution.collectivite, organisme_nom=dreal.nom.upper())
    with pytest.raises(ErreurMetier):
        inviter(brouillon, distribution.ddt, courriel=distribution.dgaln.email)
    with pytest.raises(ErreurMetier):
        inviter(brouillon, distribution.ddt, courriel=distribution.collectivite.email)
    siens = coauteurs.organismes_proposes(brouillon, distribution.collectivite)
    assert siens == [distribution.collectivite.organisme]


def test_les_visas_avertissent_ou_empechent_selon_l_appel(brouillon, distribution):
    candidature = remplir(brouillon, distribution.ddt)
    organisme = distribution.collectivite.organisme
    communes = [*candidature.perimetre.communes.order_by("nom")]
    attendus = sorted(f"Commune {de(c.nom)}" for c in communes)
    assert len(attendus) == 2
    assert (avertissements(candidature), manques(candidature)) == ([], [])
    absents = [str(organisme), *attendus]
    for regle, dits in (
        ("souhaites", ([f"{o} n’a pas encore donné son visa." for o in absents], [])),
        ("exiges", ([], [f"Visa attendu : {o}." for o in absents])),
    ):
        type(candidature.appel).objects.update(visas=regle)
        candidature = relire(candidature)
        phrases = [m.phrase for m in manques(candidature)]
        assert (avertissements(candidature), phrases) == dits
    with pytest.raises(ElementsManquants):
        depot.deposer(candidature=candidature, par=distribution.ddt)
    with pytest.raises(ActionInterdite):
        visas.viser(candidature=candidature, avis="favorable", texte="", par=distribution.ddt)
    with pytest.raises(ErreurMetier):
        visas.viser(
            candidature=candidature, avis="reserve", texte=" ", par=distribution.collectivite
        )
    visas.viser(
        candidature=candidature, avis="reserve", texte="Le coût.", par=distribution.collectivite
    )
    candidature = relire(candidature)
    assert avertissements(candidature) == [f"{organisme} a donné un avis réservé."]
    assert [m.phrase for m in manques(candidature)] == [f"Visa attendu : {o}." for o in attendus]
    for commune in communes:
        mairie = faire_mairie(commune)
        creation.inviter(candidature=candidature, organisme=mairie.organisme, par=distribution.ddt)
        visas.viser(candidature=relire(candidature), avis="favorable", texte="", par=mairie)
    assert manques(relire(candidature)) == []


def faire_mairie(commune):
    mairie = Organisme.objects.create(
        nom=f"Mairie {de(commune.nom)}", nature=NatureOrganisme.COMMUNE, commune=commune
    )
    courriel = f"mairie-{commune.pk.lower()}@exemple.fr"
    return Utilisateur.objects.create_user(
        courriel, MOT, prenom="Élu", nom=commune.nom, role=Role.COLLECTIVITE, organisme=mairie
    )


def test_les_visas_sont_annonces_avant_toute_invitation(brouillon, distribution, connecte):
    """The step tells what the call asks, and of whom, while the State service is alone."""
    brouillon.portages.all().delete()
    url = reverse("candidatures:etape", args=[brouillon.reference, "identite"])
    assert "Visas à recueillir" not in connecte("ddt").get(url).content.decode()
    type(brouillon.appel).objects.update(visas="souhaites")
    page = connecte("ddt").get(url)
    assert "Cet appel souhaite, avant le dépôt, le visa" in page.content.decode()
    assert page.context["visas_absents"] == []
    epci = Epci.objects.order_by("code").first()
    commune = Commune.objects.filter(departement_id="80").order_by("code").first()
    redaction.enregistrer_identite(
        candidature=brouillon,
        titre=brouillon.titre,
        perimetre={"epcis": [epci], "communes": [commune]},
        par=distribution.ddt,
        revision=0,
    )
    page = connecte("ddt").get(url)
    nom_epci = Organisme.objects.filter(epci=epci, nature="epci").values_list("nom", flat=True)
    assert [(v.nom, v.porteur) for v in page.context["visas_absents"]] == [
        (nom_epci.first() or epci.nom, False),
        (f"Commune {de(commune.nom)}", False),
    ]
    depot_ = connecte("ddt").get(reverse("candidatures:etape", args=[brouillon.reference, "depot"]))
    assert (
        f"Commune {de(commune.nom)} n’a pas encore donné son visa."
        in (depot_.context["avertissements"])
    )


def test_le_mandat_se_telecharge_par_qui_voit_le_dossier(brouillon, distribution, connecte):
    mandat = visas.enregistrer_mandat(
        candidature=brouillon,
        mandant=distribution.collectivite.organisme,
        signe_le=timezone.localdate(),
        nom="mandat.pdf",
        octets=PDF,
        par=distribution.ddt,
    )
    url = reverse("candidatures:mandat", args=[brouillon.reference, mandat.pk])
    reponse = connecte("collectivite").get(url)
    assert b"".join(reponse.streaming_content) == PDF
    assert connecte("collectivite_autre").get(url).status_code == 404


def test_apres_une_election_le_dossier_passe_a_un_autre(distribution):
    candidature = faire_deposee(distribution)
    ancien, nouveau = (
        distribution.collectivite.organisme,
        distribution.collectivite_autre.organisme,
    )
    communs = {"candidature": candidature, "de": ancien, "vers": nouveau}
    with pytest.raises(ActionInterdite):
        transfert.transferer(motif="Élection", par=distribution.collectivite_autre, **communs)
    with pytest.raises(ErreurMetier):
        transfert.transferer(motif=" ", par=distribution.ddt, **communs)
    with pytest.raises(ErreurMetier):
        transfert.transferer(
            candidature=candidature,
            de=ancien,
            vers=distribution.dreal.organisme,
            motif="Élection",
            par=distribution.ddt,
        )
    transfert.transferer(motif="Élection", par=distribution.dgaln, **communs)
    candidature = relire(candidature)
    assert [(p.organisme, p.chef_de_file) for p in candidature.portages.all()] == [(nouveau, True)]
    assert not droits.visibles_par(distribution.collectivite).filter(pk=candidature.pk).exists()
    assert droits.visibles_par(distribution.collectivite_autre).filter(pk=candidature.pk).exists()
    destinataires = Courriel.objects.filter(cle="candidature_transferee")
    assert {distribution.collectivite.email, distribution.collectivite_autre.email} <= set(
        destinataires.values_list("destinataire", flat=True)
    )


def test_la_dgaln_ne_transfere_pas_un_brouillon(brouillon, distribution, connecte):
    url = reverse("candidatures:transferer", args=[brouillon.reference])
    assert connecte("dgaln").get(url).status_code == 404


def test_qui_a_ecrit_quoi_puis_reprendre_une_version(brouillon, distribution, connecte):
    communs = {"candidature": brouillon, "champ": "section.objet"}
    enregistrer_champ(valeur="Le centre", revision=0, par=distribution.ddt, **communs)
    enregistrer_champ(valeur="La gare", revision=1, par=distribution.collectivite, **communs)
    noms = {f"{u.nom_complet} (1)" for u in (distribution.ddt, distribution.collectivite)}
    (ecrit,) = ecrits.champs_ecrits(brouillon)
    assert (ecrit.libelle, set(ecrit.auteurs)) == ("Objet de l’atelier", noms)
    adresse = reverse("candidatures:ecrits", args=[brouillon.reference])
    page = connecte("ddt").get(adresse, {"champ": "section.objet"})
    assert [texte for _, texte, _ in page.context["versions"]] == ["La gare", "Le centre"]
    ancienne = brouillon.revisions.get(revision=1)
    url = reverse("candidatures:restaurer", args=[brouillon.reference, ancienne.pk])
    assert connecte("ddt").post(url, {"revision": "2"}).status_code == 302
    assert brouillon.sections.get(cle="objet").texte == "Le centre"
    assert list(brouillon.revisions.values_list("revision", "valeur")) == [
        (3, "Le centre"),
        (2, "La gare"),
        (1, "Le centre"),
    ]
    with pytest.raises(ConflitDeVersion):
        ecrits.restaurer(
            version=brouillon.revisions.get(revision=2), revision=2, par=distribution.ddt
        )


def test_les_ecrits_restent_entre_auteurs(distribution, connecte):
    candidature = faire_deposee(distribution)
    adresse = reverse("candidatures:ecrits", args=[candidature.reference])
    statuts = {
        nom: connecte(nom).get(adresse).status_code
        for nom in ("ddt", "collectivite", "dgaln", "dreal", "ddt_autre")
    }
    assert statuts == {
        "ddt": 200,
        "collectivite": 200,
        "dgaln": 403,
        "dreal": 403,
        "ddt_autre": 404,
    }
    assert Organisme.objects.exists()


def test_les_ecrits_suivent_la_note_sous_des_noms_distincts(brouillon, distribution, connecte):
    version = reviser(distribution, brouillon.appel)
    poser(distribution, version, "Une friche ?")
    publier(distribution, version)
    cles = [str(UUID(int=n)) for n in (7, 3)]
    for champ, valeur in (
        ("question.une_friche", "Oui"),
        (f"acteurs.{cles[0]}.nom", "Le conseil"),
        (f"projets.{cles[1]}.porteur", "La mairie"),
        (f"projets.{cles[1]}.intitule", "Une halle"),
        (f"projets.{cles[0]}.intitule", "Un pont"),
        ("section.objet", "Le centre"),
        ("ressource.naturelles", "Un marais"),
        ("titre", "Un titre"),
    ):
        enregistrer_champ(
            candidature=brouillon, champ=champ, valeur=valeur, revision=0, par=distribution.ddt
        )
    lignes = ecrits.champs_ecrits(brouillon)
    assert [ligne.libelle for ligne in lignes] == [
        "Titre",
        "Objet de l’atelier",
        "Ressources naturelles",
        "Projets en cours, ligne 1\u00a0: intitulé",
        "Projets en cours, ligne 1\u00a0: porteur",
        "Projets en cours, ligne 2\u00a0: intitulé",
        "Acteurs à mobiliser, ligne 1\u00a0: nom ou organisation",
        "Question «\u00a0Une friche ?\u00a0»",
    ]
    assert [ligne.nom for ligne in lignes][3:5] == [
        f"projets.{brouillon.projets.first().cle}.{colonne}" for colonne in ("intitule", "porteur")
    ]
    page = connecte("ddt").get(
        reverse("candidatures:ecrits", args=[brouillon.reference]), {"champ": lignes[5].nom}
    )
    assert page.context["libelle"] == "Projets en cours, ligne 2\u00a0: intitulé"
    enregistrer_champ(
        candidature=brouillon, champ=lignes[5].nom, valeur="", revision=1, par=distribution.ddt
    )
    assert [ligne.libelle for ligne in ecrits.champs_ecrits(brouillon)][5] == (
        "Projets en cours, ligne retirée 1\u00a0: intitulé"
    )
