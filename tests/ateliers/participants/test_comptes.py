"""Who has an account is one person: linked by the address, proposed by the name, never revealed."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from ateliers.annuaire.domaine.comptes import adresses_de_connexion
from ateliers.annuaire.models import Personne
from ateliers.participants.domaine import comptes, participants, tableau
from ateliers.participants.domaine.annuaire import a_comparer, doublons
from ateliers.participants.domaine.fusion import fusionner
from ateliers.participants.models import Participant
from ateliers.sondages.domaine.requetes import mes_sondes
from ateliers.sondages.models import Sonde
from socle.comptes.models import Utilisateur
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.journal.models import Entree
from tests.factories.participants import elue_de_meme_nom, faire_atelier, faire_compte
from tests.factories.sondages import faire_sondage

pytestmark = pytest.mark.django_db
ADA = {"prenom": "A.", "nom": "Roux", "college": "elus"}


def ajouter(distribution, atelier=None, *, par=None, **plus):
    return participants.ajouter_participant(
        atelier=atelier or faire_atelier(distribution), par=par or distribution.ddt, **ADA | plus
    )


def fiche(participant):
    return Personne.objects.get(pk=participant.personne_id)


def liens():
    return list(Personne.objects.order_by("pk").values_list("courriel", "utilisateur__email"))


def test_la_meme_adresse_est_la_meme_personne_d_ou_qu_elle_vienne(distribution):
    organisme = distribution.ddt.organisme
    faire_compte("ada@etat.example", organisme)
    connue = ajouter(distribution, courriel="ADA@etat.example")
    tardive = ajouter(distribution, courriel="bea@etat.example")
    ajouter(distribution, courriel="hab@etat.example", college="habitants")
    assert liens() == [
        ("ada@etat.example", "ada@etat.example"),
        ("bea@etat.example", None),
        ("hab@etat.example", None),
    ]
    bea = faire_compte("Bea@etat.example", organisme)
    faire_compte("hab@etat.example", organisme)
    assert liens()[1:] == [("bea@etat.example", "bea@etat.example"), ("hab@etat.example", None)]
    # Known by another address since: the one of the account still finds them.
    participants.modifier_participant(
        tardive, par=distribution.ddt, revision=0, courriel="bea@mairie.example"
    )
    autre = ajouter(distribution, courriel="bea@etat.example")
    assert (autre.personne_id, autre.courriel) == (tardive.personne_id, "bea@mairie.example")
    assert adresses_de_connexion(["BEA@mairie.example"]) == {"bea@etat.example"}
    bea.delete()
    assert liens()[1] == ("bea@mairie.example", None)
    # What was stored before the link existed is linked by the migration.
    Personne.objects.update(utilisateur=None)
    with connection.cursor() as curseur:
        curseur.execute(import_module("ateliers.migrations.0031_personnes_liees").RATTRAPER)
    assert [compte for _, compte in liens()] == ["ada@etat.example", None, None]
    with pytest.raises(IntegrityError, match="personne_compte_unique"):
        Personne.objects.create(prenom="X", nom="Y", utilisateur=fiche(connue).utilisateur)


LIGNES = """Prénom;Nom;Courriel;Collège;Organisme
Ada;Roux;ada@etat.example;Élus;Mairie
Eva;Lise;eva@cerema.example;Élus;Cerema
Paul;Durand;;Élus;{organisme}
Zoé;Lin;;Élus;{evaluateurs}
Lou;Petit;ada2@etat.example;Habitants;
"""


def test_le_rapport_d_import_connait_les_comptes_sans_rien_reveler(distribution):
    organisme = distribution.ddt.organisme
    faire_compte("ada@etat.example", organisme)
    faire_compte("ada2@etat.example", organisme)
    faire_compte("paul.durand@etat.example", organisme, prenom="Paul", nom="Durand")
    evaluatrice = distribution.evaluateur.organisme
    faire_compte("eva@cerema.example", evaluatrice, prenom="Eva", nom="Lise", role="evaluateur")
    atelier = faire_atelier(distribution)
    faire_compte("zoe@cerema.example", evaluatrice, prenom="Zoé", nom="Lin", role="evaluateur")
    octets = LIGNES.format(organisme=organisme.nom, evaluateurs=evaluatrice.nom).encode()

    def rapport(par):
        lot = tableau.preparer(atelier=atelier, nom="x.csv", octets=octets, par=par)
        return lot, [ligne.phrase for ligne in tableau.analyser(lot).lignes]

    _, dits = rapport(distribution.collectivite)
    assert ["A déjà un compte\u00a0: " in dit for dit in dits] == [True, True, False, False, False]
    assert ("Ada Roux" in "".join(dits), "Paul Durand" in "".join(dits)) == (False, False)
    lot, dits = rapport(distribution.ddt)
    assert f"A déjà un compte (Ada Roux, {organisme})\u00a0: la fiche y sera liée." in dits[0]
    assert "A déjà un compte\u00a0: la fiche y sera liée." in dits[1]
    assert f"Un compte porte le même nom (Paul Durand, {organisme})" in dits[2]
    assert "compte" not in dits[3] + dits[4]
    assert "@" not in "".join(dits)
    tableau.importer(lot=lot, par=distribution.ddt)
    assert sorted(liens()) == [
        ("", None),
        ("", None),
        ("ada2@etat.example", None),
        ("ada@etat.example", "ada@etat.example"),
        ("eva@cerema.example", "eva@cerema.example"),
    ]
    # Once more, under the address of the account: nobody is written twice.
    Participant.objects.filter(courriel="ada@etat.example").update(courriel="ada@mairie.example")
    Personne.objects.filter(courriel="ada@etat.example").update(courriel="ada@mairie.example")
    lot, _ = rapport(distribution.ddt)
    assert {li.sort for li in tableau.analyser(lot).lignes} == {"inchangee", "doublon"}


def test_le_meme_nom_au_meme_endroit_se_lie_et_se_delie(distribution, connecte):
    compte, elue = elue_de_meme_nom(distribution)
    faire_compte("loin@etat.example", distribution.ddt_autre.organisme)
    client, sienne = connecte("ddt"), elue.personne
    page = client.get(reverse("ateliers:annuaire_doublons"))
    assert [(p.compte, p.raison) for p in page.context["comptes"]] == [
        (compte, "même nom, même organisme")
    ]
    assert "ada.roux@etat.example" not in page.text
    assert comptes.proches(distribution.dreal, a_comparer(distribution.dreal)) == []
    sondage = faire_sondage(distribution)
    Participant.objects.filter(pk=elue.pk).update(atelier=sondage.seance.atelier)
    Sonde.objects.create(sondage=sondage, participant=elue)
    assert mes_sondes(compte).count() == 0
    lier = reverse("ateliers:annuaire_compte_lier", args=[sienne.pk, compte.pk])
    assert client.post(lier).status_code == 302
    assert (liens(), mes_sondes(compte).count()) == ([("", compte.email)] + liens()[1:], 1)
    page = client.get(reverse("ateliers:annuaire_fiche", args=[sienne.pk])).text
    assert f"Ada Roux, {compte.organisme}" in page
    assert compte.email not in page
    with pytest.raises(ActionInterdite):
        comptes.delier_compte(personne=sienne, par=distribution.dreal)
    comptes.delier_compte(personne=sienne, par=distribution.ddt)
    with pytest.raises(ErreurMetier):  # a name elsewhere is nobody's to give
        comptes.lier_compte(personne=sienne, compte=distribution.dgaln, par=distribution.ddt)
    actes = Entree.objects.filter(action__startswith="personne.compte_").order_by("pk")
    assert list(actes.values_list("action", flat=True)) == [
        "personne.compte_lie",
        "personne.compte_delie",
    ]


def test_ajouter_a_la_main_dit_le_compte(distribution, connecte):
    compte = faire_compte("ada@etat.example", distribution.ddt.organisme)
    client, atelier = connecte("ddt"), faire_atelier(distribution)
    ajout = reverse("ateliers:participant_ajouter", args=[atelier.slug])
    reponse = client.post(ajout, ADA | {"prenom": "Ada"}, follow=True)  # same département
    fiche = Personne.objects.get()
    assert reponse.redirect_chain[-1][0] == reverse("ateliers:annuaire_fiche", args=[fiche.pk])
    assert "dites si c’est la même personne." in reponse.text
    reponse = client.post(ajout, ADA | {"courriel": compte.email}, follow=True)
    assert "elle y est liée." in reponse.text
    assert doublons(a_comparer(distribution.ddt)) == []


def test_deux_comptes_ouverts_sont_deux_personnes(distribution):
    organisme = distribution.ddt.organisme
    ancien = faire_compte("ada@ancien.example", organisme)
    faire_compte("ada@nouveau.example", organisme)
    un = ajouter(distribution, courriel="ada@ancien.example", prenom="Ada")
    deux = ajouter(distribution, courriel="ada@nouveau.example", prenom="Ada")
    (double,) = doublons(a_comparer(distribution.ddt))
    assert (double.garder, double.absorber) == (un.personne, deux.personne)
    with pytest.raises(ErreurMetier):
        fusionner(garder=un.personne, absorber=deux.personne, par=distribution.ddt)
    ancien.is_active = False
    ancien.save(update_fields=["is_active"])
    fusionner(garder=un.personne, absorber=deux.personne, par=distribution.ddt)
    assert liens() == [("ada@ancien.example", "ada@nouveau.example")]
    # The account takes the address of another sheet: said, and left to who keeps them.
    bea = ajouter(distribution, courriel="bea@nouveau.example", prenom="Béa")
    Utilisateur.objects.filter(email="ada@nouveau.example").update(email="bea@nouveau.example")
    (double,) = doublons(a_comparer(distribution.ddt))
    assert (double.garder, double.absorber) == (un.personne, bea.personne)


@pytest.mark.parametrize("nombre", [1, 3])
def test_les_pages_lisent_autant_pour_trois_comptes_que_pour_un(
    distribution, connecte, django_assert_num_queries, nombre
):
    for rang in range(nombre):
        faire_compte(f"ada{rang}@etat.example", distribution.ddt.organisme, nom=f"Roux{rang}")
        ajouter(distribution, prenom="Ada", nom=f"Roux{rang}")
    client, ada = connecte("ddt"), Personne.objects.first()
    pages = [("annuaire_doublons", [], 10), ("annuaire_fiche", [ada.pk], 12)]
    for nom, cles, requetes in pages:
        with django_assert_num_queries(requetes):
            assert client.get(reverse(f"ateliers:{nom}", args=cles)).status_code == 200
