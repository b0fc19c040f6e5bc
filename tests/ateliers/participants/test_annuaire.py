"""A person is stored once; an inhabitant never leaves their atelier; merging loses nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ateliers.annuaire.droits import visibles_par
from ateliers.annuaire.models import Mandat, Personne
from ateliers.participants.domaine import invitations, mandats, participants, tableau
from ateliers.participants.domaine.annuaire import Filtre, a_comparer, chercher, doublons
from ateliers.participants.domaine.fusion import fusionner
from ateliers.participants.models import ImportParticipants, Invitation, Participant
from ateliers.participants.tasks import oublier_imports
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.models import Entree
from tests.factories.participants import faire_atelier, faire_seance

pytestmark = pytest.mark.django_db


def ajouter(distribution, atelier, prenom, nom, college="elus", *, par=None, **champs):
    return participants.ajouter_participant(
        atelier=atelier,
        par=par or distribution.ddt,
        prenom=prenom,
        nom=nom,
        college=college,
        **champs,
    )


def ceder(distribution, atelier):
    """Another service pilots this atelier."""
    atelier.service_pilote = distribution.ddt_autre.organisme
    atelier.save(update_fields=["service_pilote"])
    atelier.porteurs.clear()
    return atelier


def test_une_personne_de_deux_ateliers_est_rangee_une_fois(distribution):
    un, deux = faire_atelier(distribution), faire_atelier(distribution)
    maire = {"courriel": "ada@exemple.fr", "organisation": "Mairie", "fonction": "Maire"}
    ajouter(distribution, un, "Ada", "Roux", **maire)
    autre = ajouter(distribution, deux, "A.", "Roux", courriel="ADA@exemple.fr", fonction="Élue")
    assert (Personne.objects.count(), autre.nom_complet) == (1, "Ada Roux")
    assert sorted((m.organisation, m.fonction) for m in Mandat.objects.all()) == [
        ("", "Élue"),
        ("Mairie", "Maire"),
    ]
    participants.modifier_participant(
        autre, par=distribution.ddt, revision=0, nom="Roux-Lis", fonction="Maire"
    )
    assert set(Participant.objects.values_list("nom", flat=True)) == {"Roux-Lis"}
    clos = Mandat.objects.filter(au=timezone.localdate())
    assert list(clos.values_list("fonction", flat=True)) == ["Élue"]


def test_un_habitant_a_une_fiche_par_atelier(distribution):
    un, deux = faire_atelier(distribution), faire_atelier(distribution)
    for atelier in (un, deux):
        ajouter(distribution, atelier, "Lou", "Petit", "habitants", courriel="lou@exemple.fr")
    assert sorted(Personne.objects.values_list("atelier", flat=True)) == [un.pk, deux.pk]


def test_un_habitant_devenu_elu_rejoint_l_annuaire(distribution):
    atelier = faire_atelier(distribution)
    lou = ajouter(distribution, atelier, "Lou", "Petit", "habitants", courriel="lou@exemple.fr")
    participants.modifier_participant(lou, par=distribution.ddt, revision=0, college="elus")
    assert list(Personne.objects.values_list("atelier", flat=True)) == [None]
    assert list(visibles_par(distribution.dgaln)) == [lou.personne]


def test_le_nom_d_une_fiche_partagee_ne_se_change_pas_d_un_seul_cote(distribution):
    un, deux = faire_atelier(distribution), ceder(distribution, faire_atelier(distribution))
    ada = ajouter(distribution, un, "Ada", "Roux", courriel="ada@exemple.fr")
    ajouter(
        distribution, deux, "Ada", "Roux", courriel="ada@exemple.fr", par=distribution.ddt_autre
    )
    with pytest.raises(ErreurMetier):
        participants.modifier_participant(
            ada, par=distribution.ddt, revision=0, courriel="pirate@exemple.fr"
        )
    participants.modifier_participant(ada, par=distribution.ddt, revision=0, fonction="Maire")
    assert Personne.objects.get().courriel == "ada@exemple.fr"


def test_qui_voit_qui(distribution):
    un, deux = faire_atelier(distribution), ceder(distribution, faire_atelier(distribution))
    autre = distribution.ddt_autre
    ajouter(distribution, un, "Ada", "Roux")
    ajouter(distribution, un, "Bea", "Assoc", "associations")
    ajouter(distribution, un, "Hugo", "Habite", "habitants")
    ajouter(distribution, deux, "Carl", "Loin", par=autre)
    ajouter(distribution, deux, "Dora", "Habite", "habitants", par=autre)

    def noms(utilisateur):
        return sorted(p.prenom for p in visibles_par(utilisateur))

    # The Somme is the département of both ateliers: its DDT reads the élus of the second one.
    assert noms(distribution.ddt) == ["Ada", "Bea", "Carl", "Hugo"]
    assert noms(autre) == ["Carl", "Dora"]
    assert noms(distribution.dreal) == ["Ada", "Carl"]
    assert noms(distribution.dgaln) == ["Ada", "Bea", "Carl"]
    assert noms(distribution.collectivite) == noms(distribution.equipe) == []


def test_chercher_sans_accent_et_filtrer(distribution):
    atelier = faire_atelier(distribution)
    ajouter(distribution, atelier, "Zoé", "Lefèvre", organisation="Communauté de communes")
    ajouter(distribution, atelier, "Paul", "Durand", "associations", organisation="Rivière vive")

    def trouver(**champs):
        return [p.prenom for p in chercher(distribution.ddt, Filtre(**champs))]

    assert trouver(texte="lefevre communaute") == ["Zoé"]
    assert trouver(college="associations") == ["Paul"]
    zoe = Mandat.objects.get(personne__prenom="Zoé")
    assert trouver(organisme=zoe.organisme_id) == ["Zoé"]
    assert trouver(texte="lefevre", college="associations") == []


def test_la_page_dit_les_memes_douze_requetes(
    distribution, connecte, django_assert_max_num_queries
):
    atelier = faire_atelier(distribution)
    client, page = connecte("ddt"), reverse("ateliers:annuaire")
    for rang in range(60):
        ajouter(distribution, atelier, f"P{rang}", "Nom", organisation=f"Org {rang}")
        if rang in (2, 59):
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200


def test_les_mandats_s_ajoutent_et_se_terminent(distribution, connecte):
    atelier = faire_atelier(distribution)
    ada = ajouter(distribution, atelier, "Ada", "Roux", fonction="Maire")
    client = connecte("ddt")
    fiche = reverse("ateliers:annuaire_fiche", args=[ada.personne_id])
    saisie = {"college": "elus", "organisation": "Département", "du": "2021-07-01"}
    assert client.post(fiche, saisie).status_code == 302
    assert "depuis le 1er" in client.get(fiche).content.decode()
    maire = Mandat.objects.get(fonction="Maire")
    terminer = reverse("ateliers:annuaire_mandat_terminer", args=[ada.personne_id, maire.pk])
    assert client.post(terminer).url == fiche
    maire.refresh_from_db()
    assert maire.au == timezone.localdate()
    faux = client.post(fiche, saisie | {"au": "2020-01-01"})
    assert "finir avant" in faux.content.decode()
    with pytest.raises(ActionInterdite):
        mandats.terminer_mandat(mandat=maire, par=distribution.ddt_autre)
    assert [p.prenom for p in chercher(distribution.ddt, Filtre(texte="departement"))] == ["Ada"]


def fiches_en_double(distribution):
    un, deux = faire_atelier(distribution), faire_atelier(distribution)
    gardee = ajouter(distribution, un, "Ada", "Roux", courriel="ada@exemple.fr", fonction="Maire")
    autre = ajouter(distribution, un, "ada", "ROUX", organisation="Mairie")
    ailleurs = ajouter(distribution, deux, "Ada", "Roux", organisation="Région", fonction="1re")
    return un, gardee, autre, ailleurs


def test_la_fusion_ne_perd_rien(distribution):
    un, gardee, autre, ailleurs = fiches_en_double(distribution)
    seance = faire_seance(distribution, atelier=un)
    seule = faire_seance(distribution, atelier=un, rang=2, titre="Atelier 2")
    invitations.inviter(seance=seance, participants=[gardee, autre], par=distribution.ddt)
    invitations.inviter(seance=seule, participants=[autre], par=distribution.ddt)
    invitation = Invitation.objects.get(seance=seance, participant=autre)
    invitations.repondre(invitation, reponse="accepte", message="Avec plaisir")
    assert len(doublons(a_comparer(distribution.ddt))) == 2
    for absorbee in (autre.personne, ailleurs.personne):
        fusionner(garder=gardee.personne, absorber=absorbee, par=distribution.ddt)
    assert Personne.objects.count() == 1
    assert [(p.nom, p.organisation) for p in Participant.objects.order_by("pk")] == [
        ("Roux", "Mairie"),
        ("Roux", "Région"),
    ]
    assert list(Invitation.objects.order_by("seance").values_list("reponse", "message")) == [
        ("accepte", "Avec plaisir"),
        ("attendue", ""),
    ]
    assert Mandat.objects.filter(personne=gardee.personne).count() == 3
    assert Entree.objects.filter(action="personne.fusionnees").count() == 2
    assert doublons(a_comparer(distribution.ddt)) == []


def test_la_fusion_refuse_de_choisir_entre_deux_presences(distribution):
    un, gardee, autre, _ = fiches_en_double(distribution)
    seance = faire_seance(distribution, atelier=un)
    invitations.inviter(seance=seance, participants=[gardee, autre], par=distribution.ddt)
    Invitation.objects.filter(participant=gardee).update(presence="present")
    Invitation.objects.filter(participant=autre).update(presence="absent")
    with pytest.raises(ErreurMetier):
        fusionner(garder=gardee.personne, absorber=autre.personne, par=distribution.ddt)
    assert (Personne.objects.count(), Invitation.objects.count()) == (3, 2)


def test_qui_ne_tient_pas_la_liste_ne_fusionne_pas(distribution):
    _, gardee, autre, _ = fiches_en_double(distribution)
    for role in ("dreal", "collectivite", "ddt_autre"):
        with pytest.raises(ActionInterdite):
            fusionner(
                garder=gardee.personne, absorber=autre.personne, par=getattr(distribution, role)
            )


def test_un_habitant_ne_se_fusionne_pas_hors_de_son_atelier(distribution):
    un, deux = faire_atelier(distribution), faire_atelier(distribution)
    lou = [ajouter(distribution, a, "Lou", "Petit", "habitants") for a in (un, deux)]
    assert doublons(a_comparer(distribution.ddt)) == []
    with pytest.raises(ErreurMetier):
        fusionner(garder=lou[0].personne, absorber=lou[1].personne, par=distribution.ddt)


FICHIER = """Nom;Prénom;Organisme;Collège;Mail;Couleur
Martin;Jeanne;Commune;Élus;jeanne@exemple.fr;bleu
Martin;Jeanne;Commune;Élus;jeanne@exemple.fr;bleu
Benali;Karim;Amis;associations;karim@exemple.fr;
Petit;Lucie;;roi;;
Sans;Adresse;;habitants;;
Roux;Ada;Mairie;élus;ada@exemple.fr;
"""
REPRISES = [["Jeanne", "Martin"], ["Lucie", "Petit"], ["Adresse", "Sans"]]


def test_le_rapport_dit_le_sort_de_chaque_ligne(distribution, connecte):
    atelier, autre = faire_atelier(distribution), faire_atelier(distribution)
    ajouter(distribution, autre, "Jeanne", "Martin", "elus", courriel="jeanne@exemple.fr")
    Personne.objects.filter(nom="Martin").update(courriel="Jeanne@Exemple.fr")  # written by hand
    ajouter(distribution, atelier, "Karim", "Benali", "associations", courriel="karim@exemple.fr")
    ajouter(distribution, atelier, "Adresse", "Sans", "habitants")
    ajouter(distribution, atelier, "Ada", "Roux", organisation="Mairie")
    client = connecte("ddt")
    envoi = {"fichier": SimpleUploadedFile("liste.csv", FICHIER.encode())}
    reponse = client.post(reverse("ateliers:participants_importer", args=[atelier.slug]), envoi)
    lot = ImportParticipants.objects.get()
    assert reponse.url == reverse("ateliers:participants_import", args=[atelier.slug, lot.pk])
    rapport = tableau.analyser(lot)
    assert [ligne.sort for ligne in rapport.lignes] == [
        "ajout",
        "doublon",
        "correction",
        "refus",
        "doublon",
        "correction",
    ]
    assert (rapport.lignes[2].phrase, rapport.inconnues) == (
        "Nouveau : organisme « Amis ». Nouvel organisme «\u00a0Amis\u00a0».",
        ["Couleur"],
    )
    assert rapport.lignes[0].phrase.startswith("Déjà à l’annuaire\u00a0: sa fiche est reprise.")
    assert Participant.objects.count() == 4
    page = client.get(reponse.url).content.decode()
    assert "Rien n’est encore écrit." in page
    faite = client.post(reponse.url + "executer/")
    assert (faite.status_code, faite.url) == (302, reponse.url)
    siens = Participant.objects.filter(atelier=atelier)
    assert sorted(siens.values_list("nom", "courriel")) == [
        ("Benali", "karim@exemple.fr"),
        ("Martin", "Jeanne@Exemple.fr"),
        ("Roux", "ada@exemple.fr"),
        ("Sans", ""),
    ]
    lot.refresh_from_db()
    assert (len(lot.table), lot.ajoutes, lot.corriges) == (4, 1, 2)
    page = client.get(reponse.url)
    assert [ligne[:2] for ligne in page.context["reste"]] == REPRISES
    lu = client.get(reponse.url + "?fichier=csv").content.decode("utf-8-sig").splitlines()
    assert [ligne.split(";")[:2] for ligne in lu[1:]] == REPRISES
    repris = tableau.preparer(
        atelier=atelier, nom="reste.csv", octets="\n".join(lu).encode(), par=distribution.ddt
    )
    assert tableau.analyser(repris).inconnues == []
    siens = ImportParticipants.objects.filter(pk=lot.pk)
    siens.update(importe_le=timezone.now() - timedelta(days=8))
    assert oublier_imports() == 1
    assert siens.get().table == []


@pytest.mark.parametrize("octets", [b"%PDF-1.7\n1 0 obj", b"{\\rtf1", b"<html>"])
def test_ce_qui_n_est_pas_un_tableau_est_refuse(distribution, octets):
    atelier = faire_atelier(distribution)
    with pytest.raises(ErreurMetier, match="pas un tableau lisible"):
        tableau.preparer(atelier=atelier, nom="x.csv", octets=octets, par=distribution.ddt)


def test_un_fichier_jamais_importe_s_oublie(distribution):
    octets = b"Ada;Roux;;elus"
    atelier = faire_atelier(distribution)
    for nom in ("vieux.csv", "recent.csv"):
        tableau.preparer(atelier=atelier, nom=nom, octets=octets, par=distribution.ddt)
    vieux = timezone.now() - timedelta(days=8)
    ImportParticipants.objects.filter(nom="vieux.csv").update(le=vieux)
    assert (oublier_imports(), oublier_imports()) == (1, 0)
    assert ImportParticipants.objects.get().nom == "recent.csv"


def test_un_tableur_illisible_est_refuse(distribution):
    with pytest.raises(ErreurMetier):
        tableau.preparer(
            atelier=faire_atelier(distribution),
            nom="x.xlsx",
            octets=b"PK\x03\x04rien",
            par=distribution.ddt,
        )
    assert ImportParticipants.objects.count() == 0
