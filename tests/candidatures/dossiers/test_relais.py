"""Who takes over: another organisation, another person; what a carrier that leaves takes away."""

from datetime import date

import pytest
from django.urls import reverse

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import coauteurs, creation, transfert, versions, visas
from candidatures.dossiers.models import Candidature, Mandat
from socle.comptes.models import Organisme, Utilisateur
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ErreurMetier, MotifRequis
from tests.factories.candidatures import PDF, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db
MOT = "une-phrase-assez-longue"


@pytest.fixture
def brouillon(distribution):
    return faire_brouillon(distribution)


def relire(candidature):
    return Candidature.objects.get(pk=candidature.pk)


def collegue(personne, courriel="suite@exemple.fr", **plus):
    return Utilisateur.objects.create_user(
        courriel,
        MOT,
        prenom="Nora",
        nom="Suivante",
        role=personne.role,
        organisme=personne.organisme,
        **plus,
    )


def coautrice(candidature, distribution):
    invitation = coauteurs.inviter_personne(
        candidature=candidature,
        courriel="anne@exemple.fr",
        prenom="Anne",
        nom="Petit",
        organisme_nom="Atelier du lin",
        par=distribution.ddt,
    )
    return coauteurs.ouvrir_compte(
        invitation=invitation, prenom="Anne", nom="Petit", mot_de_passe=MOT
    )


def mandater(candidature, distribution):
    return visas.enregistrer_mandat(
        candidature=candidature,
        mandant=distribution.collectivite.organisme,
        signe_le=date(2026, 1, 15),
        nom="mandat.pdf",
        octets=PDF,
        par=distribution.ddt,
    )


def test_une_coautrice_n_invite_ni_ne_retire_de_porteur(brouillon, distribution, client):
    anne = coautrice(brouillon, distribution)
    creation.inviter(
        candidature=brouillon,
        organisme=distribution.collectivite_autre.organisme,
        par=distribution.ddt,
    )
    client.force_login(anne)
    reference, autre = brouillon.reference, distribution.collectivite_autre.organisme
    page = client.get(reverse("candidatures:etape", args=[reference, "identite"]))
    assert page.status_code == 200
    for mot in ("Retirer", "Inviter un organisme", "Lui proposer de piloter"):
        assert mot not in page.content.decode()
    porteurs = set(relire(brouillon).portages.values_list("organisme", flat=True))
    for nom, arguments, donnees in (
        ("retirer_porteur", [autre.pk], {}),
        ("inviter", [], {"organisme": distribution.dreal.organisme_id}),
        ("deposant", [], {}),
        ("transferer", [], {}),
        ("mandat_enregistrer", [], {}),
    ):
        adresse = reverse(f"candidatures:{nom}", args=[reference, *arguments])
        assert client.post(adresse, donnees).status_code == 403, nom
    assert set(relire(brouillon).portages.values_list("organisme", flat=True)) == porteurs


def test_retirer_un_porteur_se_confirme_et_emporte_ses_mandats(brouillon, distribution, connecte):
    autre = distribution.collectivite_autre
    creation.inviter(candidature=brouillon, organisme=autre.organisme, par=distribution.ddt)
    coauteurs.designer_deposant(candidature=brouillon, deposant=autre, par=distribution.ddt)
    visas.enregistrer_mandat(
        candidature=brouillon,
        mandant=autre.organisme,
        signe_le=date(2026, 1, 15),
        nom="mandat.pdf",
        octets=PDF,
        par=distribution.ddt,
    )
    client = connecte("ddt")
    page = client.get(reverse("candidatures:etape", args=[brouillon.reference, "identite"]))
    assert "Ses agents ne pourront plus lire ni écrire le dossier" in page.content.decode()
    client.post(
        reverse("candidatures:retirer_porteur", args=[brouillon.reference, autre.organisme_id])
    )
    assert relire(brouillon).deposant is None
    assert Mandat.objects.get().motif_retrait == "Organisme retiré des porteurs."
    assert versions.contenu(relire(brouillon))["mandats"] == []


def test_une_collectivite_ne_remplace_pas_le_service_pilote(distribution):
    candidature = faire_deposee(distribution)
    pilote = candidature.service_pilote
    gestes = {
        "candidature": candidature,
        "de": pilote,
        "vers": distribution.ddt_autre.organisme,
        "motif": "Élection",
    }
    assert transfert.places(candidature, distribution.collectivite) == [
        distribution.collectivite.organisme
    ]
    with pytest.raises(ActionInterdite):
        transfert.transferer(par=distribution.collectivite, **gestes)
    assert relire(candidature).service_pilote == pilote
    transfert.transferer(par=distribution.ddt, **gestes)
    assert relire(candidature).service_pilote == distribution.ddt_autre.organisme


def test_un_porteur_ne_transfere_que_sa_place_le_chef_de_file_celle_d_un_autre(
    brouillon, distribution
):
    chef, second = distribution.collectivite, distribution.collectivite_autre
    creation.inviter(candidature=brouillon, organisme=second.organisme, par=chef)
    tiers = Organisme.objects.create(nom="Syndicat de la Somme", nature="syndicat")
    candidature = relire(brouillon)
    assert transfert.places(candidature, second) == [second.organisme]
    with pytest.raises(ActionInterdite):
        transfert.transferer(
            candidature=candidature, de=chef.organisme, vers=tiers, motif="Non", par=second
        )
    transfert.transferer(
        candidature=candidature, de=second.organisme, vers=tiers, motif="Élection", par=chef
    )
    assert relire(candidature).portages.get(chef_de_file=False).organisme == tiers


def test_le_mandat_de_qui_part_ne_survit_pas_au_transfert(brouillon, distribution):
    mandater(brouillon, distribution)
    assert len(versions.contenu(brouillon)["mandats"]) == 1
    transfert.transferer(
        candidature=brouillon,
        de=distribution.collectivite.organisme,
        vers=distribution.collectivite_autre.organisme,
        motif="Fusion",
        par=distribution.collectivite,
    )
    assert versions.contenu(relire(brouillon))["mandats"] == []
    assert Mandat.objects.get().motif_retrait == "Fusion"


def test_le_transfert_se_cherche_puis_se_confirme(brouillon, distribution, connecte):
    client = connecte("collectivite")
    url = reverse("candidatures:transferer", args=[brouillon.reference])
    de = distribution.collectivite.organisme
    saisie = {"de": de.pk, "recherche": "zzzz", "motif": "Élection"}
    refus = client.post(url, saisie)
    assert list(refus.context["form"].errors) == ["recherche"]
    page = client.post(url, saisie | {"recherche": "80021"})
    assert page.status_code == 200
    assert relire(brouillon).portages.get().organisme == de
    texte = page.content.decode()
    assert brouillon.titre in texte
    assert "Confirmer le transfert" in texte
    ((cle, libelle),) = page.context["form"].fields["vers"].choices
    assert (cle, libelle[:30]) == ("C80021", "Amiens, code Insee 80021, Somm")
    assert f"Son remplaçant\u00a0: {libelle}" in page.context["precision"]
    client.post(url, saisie | {"recherche": "80021", "vers": cle})
    assert relire(brouillon).portages.get().organisme.commune_id == "80021"


def test_la_main_passe_a_un_collegue(brouillon, distribution, connecte):
    """The dossiers of one person, not those of the neighbour."""
    anne = coautrice(brouillon, distribution)
    suite = collegue(anne)
    autre = faire_brouillon(distribution, titre="Un autre dossier")
    coauteurs.designer_deposant(candidature=brouillon, deposant=anne, par=distribution.ddt)
    with pytest.raises(MotifRequis):
        transfert.passer_la_main(de=anne, vers=suite, motif=" ", par=anne)
    with pytest.raises(ErreurMetier):  # A colleague alone gives themself nothing.
        transfert.passer_la_main(de=anne, vers=suite, motif="Élection", par=suite)
    with pytest.raises(ActionInterdite):
        transfert.passer_la_main(de=anne, vers=suite, motif="Élection", par=distribution.ddt)
    with pytest.raises(ErreurMetier):
        transfert.passer_la_main(de=anne, vers=distribution.ddt, motif="Élection", par=anne)
    faites = transfert.passer_la_main(de=anne, vers=suite, motif="Élection", par=anne)
    assert faites == [brouillon]
    assert relire(brouillon).deposant == suite
    assert list(droits.portees_par(suite)) == [brouillon]
    assert list(droits.portees_par(anne)) == []
    assert not droits.visibles_par(suite).filter(pk=autre.pk).exists()
    destinataires = Courriel.objects.filter(cle="candidature_main_passee")
    assert {suite.email, distribution.ddt.email} <= set(
        destinataires.values_list("destinataire", flat=True)
    )


def test_un_agent_reprend_le_depot_d_un_collegue_parti(brouillon, distribution, connecte):
    partie = collegue(distribution.collectivite, is_active=False)
    Candidature.objects.filter(pk=brouillon.pk).update(deposant=partie)
    client = connecte("collectivite")
    url = reverse("candidatures:passer_la_main")
    page = client.get(url, {"de": partie.pk})
    assert [r.quoi for r in page.context["reprises"]] == ["le dépôt"]
    client.post(
        url, {"de": partie.pk, "vers": distribution.collectivite.pk, "motif": "Fin de mandat"}
    )
    assert relire(brouillon).deposant == distribution.collectivite


def test_un_mandat_se_retire_avec_un_motif_puis_se_corrige(brouillon, distribution, connecte):
    mandat = mandater(brouillon, distribution)
    client = connecte("ddt")
    url = reverse("candidatures:mandat_retirer", args=[brouillon.reference, mandat.pk])
    assert client.post(url, {"motif": " "}).status_code == 200
    assert Mandat.objects.get().retire_le is None
    client.post(url, {"motif": "Mauvais fichier"})
    assert Mandat.objects.get().motif_retrait == "Mauvais fichier"
    assert client.get(url).status_code == 404
    mandater(brouillon, distribution)
    assert len(versions.contenu(relire(brouillon))["mandats"]) == 1


def test_inviter_propose_le_perimetre_cherche_un_service_et_dit_qui_n_a_pas_de_compte(
    distribution, connecte
):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    client, url = connecte("ddt"), reverse("candidatures:inviter", args=[candidature.reference])
    form = client.get(url).context["form"]
    communes = list(candidature.perimetre.communes.order_by("nom"))
    assert [cle for cle, _ in form.fields["proches"].choices] == [f"C{c.pk}" for c in communes]
    inconnu = client.post(url, {"recherche": "zzzz"})
    assert set(inconnu.context["form"].errors) == {"recherche"}
    for rang in (1, 2):
        Organisme.objects.create(nom=f"Syndicat de la Vimeuse {rang}", nature="syndicat")
    plusieurs = client.post(url, {"recherche": "vimeuse"}).context["form"]
    assert set(plusieurs.errors) == {"organisme"}
    assert [libelle for _, libelle in plusieurs.fields["organisme"].choices] == [
        "Syndicat de la Vimeuse 1 (Syndicat)",
        "Syndicat de la Vimeuse 2 (Syndicat)",
    ]
    page = client.post(url, {"proches": f"C{communes[0].pk}"}, follow=True)
    organisme = Organisme.objects.get(commune=communes[0], nature="commune")
    adresse = reverse("candidatures:inviter_personne", args=[candidature.reference])
    assert page.redirect_chain == [(f"{adresse}?organisme={organisme.pk}", 302)]
    phrase = f"{organisme} porte désormais le dossier. Personne n’a encore de compte"
    assert phrase in page.content.decode()
    assert f'value="{organisme.pk}" selected' in page.content.decode()
