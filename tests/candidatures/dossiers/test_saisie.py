"""Autosave: each field under its revision, and nothing typed is ever lost."""

from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from candidatures.dossiers.domaine import revisions
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.domaine.revisions import enregistrer_champ, revisions_de
from candidatures.dossiers.models import RevisionChamp
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from socle.territoires.models import Commune
from tests.factories.candidatures import faire_brouillon, faire_deposee, remplir
from tests.factories.instruction import faire_en_evaluation
from tests.fixtures.distribution import Distribution

pytestmark = pytest.mark.django_db
CLE = "7b1d7d9e-3a36-4a6e-9df6-0c7d7a3e1f00"


@pytest.fixture
def brouillon(distribution):
    return faire_brouillon(distribution)


def poster(client, candidature, champ, valeur, revision, **plus):
    url = reverse("candidatures:saisie", args=[candidature.reference])
    donnees = {"champ": champ, "valeur": valeur, "revision": str(revision), **plus}
    return client.post(url, donnees)


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("titre", "Un autre titre"),
        ("section.objet", "La question posée.\nEt la suite."),
        ("stade", "conception"),
        ("programmes", "acv\npvd"),
        ("blocages", "Un désaccord"),
        ("gouvernance", "Un comité"),
        ("ressource.naturelles", "Une vallée"),
        (f"projets.{CLE}.intitule", "La halle"),
        (f"schemas.{CLE}.annee", "2024"),
        (f"acteurs.{CLE}.nom", "Le conseil"),
    ],
)
def test_chaque_champ_s_enregistre_et_se_relit(brouillon, distribution, champ, valeur):
    communs = {"candidature": brouillon, "champ": champ, "par": distribution.ddt}
    assert enregistrer_champ(valeur=valeur, revision=0, **communs) == 1
    brouillon.refresh_from_db()
    assert revisions.catalogue.trouver(champ).lire(brouillon) == valeur
    assert enregistrer_champ(valeur=valeur, revision=0, **communs) == 1
    assert revisions_de(brouillon) == {champ: 1}
    gardees = RevisionChamp.objects.filter(champ=champ, par=distribution.ddt)
    assert list(gardees.values_list("revision", "valeur")) == [(1, valeur)]


def test_le_perimetre_et_les_themes_s_enregistrent(brouillon, distribution):
    codes = [f"C{c.pk}" for c in Commune.objects.filter(departement_id="80").order_by("code")[:2]]
    communs = {"candidature": brouillon, "par": distribution.collectivite, "revision": 0}
    enregistrer_champ(champ="perimetre", valeur="\n".join(codes), **communs)
    brouillon.refresh_from_db()
    assert [f"C{c.pk}" for c in brouillon.perimetre.communes.order_by("code")] == codes
    themes = brouillon.themes.model.objects.filter(famille="sociales").order_by("pk")[:2]
    enregistrer_champ(
        champ="themes.sociales", valeur="\n".join(str(t.pk) for t in themes), **communs
    )
    assert list(brouillon.themes.order_by("pk")) == list(themes)
    enregistrer_champ(champ="themes.sociales", valeur="", **communs | {"revision": 1})
    assert list(brouillon.themes.all()) == []


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("titre", "", "Écrivez une réponse : ce champ ne peut pas rester vide."),
        ("stade", "fini", "Choisissez une valeur de la liste."),
        ("programmes", "inconnu", "Ce programme n’est pas dans la liste."),
        ("themes.sociales", "abc", "Ce thème n’est pas dans la liste."),
        ("perimetre", "C99999", "« C99999 » ne désigne aucun territoire connu."),
        (f"schemas.{CLE}.annee", "1789", "Cette année n’est pas plausible."),
        ("etat", "retenue", "Ce champ n’existe plus : rechargez la page."),
        (f"projets.{CLE}.candidature", "1", "Ce champ n’existe plus : rechargez la page."),
    ],
)
def test_une_valeur_refusee_dit_pourquoi(brouillon, distribution, champ, valeur, phrase):
    with pytest.raises(ErreurMetier) as refus:
        enregistrer_champ(
            candidature=brouillon, champ=champ, valeur=valeur, revision=0, par=distribution.ddt
        )
    assert str(refus.value).replace("\xa0", " ").replace("'", "’") == phrase
    assert list(RevisionChamp.objects.filter(champ=champ)) == []


def test_une_valeur_plus_recente_n_est_jamais_ecrasee(brouillon, distribution, connecte):
    premiere = poster(connecte("ddt"), brouillon, "section.objet", "Le centre", 0)
    assert premiere.status_code == 200
    assert set(premiere.json()) == {"etat", "revision", "heure"}
    conflit = poster(connecte("collectivite"), brouillon, "section.objet", "La gare", 0)
    donnees = conflit.json()
    le = donnees.pop("le")
    assert (conflit.status_code, donnees) == (
        409,
        {
            "etat": "conflit",
            "actuel": "Le centre",
            "revision": 1,
            "par": distribution.ddt.nom_complet,
            "moi": False,
        },
    )
    assert le
    assert brouillon.sections.get(cle="objet").texte == "Le centre"


def test_ce_qui_etait_ecrit_avant_la_premiere_revision_est_garde(brouillon, distribution):
    brouillon.sections.filter(cle="objet").update(texte="Ancien texte")
    communs = {"candidature": brouillon, "champ": "section.objet", "par": distribution.ddt}
    enregistrer_champ(valeur="Nouveau", revision=0, **communs)
    gardees = RevisionChamp.objects.filter(champ="section.objet").order_by("revision")
    assert list(gardees.values_list("revision", "valeur", "par")) == [
        (0, "Ancien texte", None),
        (1, "Nouveau", distribution.ddt.pk),
    ]


def test_une_ligne_videe_disparait_et_revient_entiere(brouillon, distribution):
    def ecrire(colonne, valeur, revision):
        enregistrer_champ(
            candidature=brouillon,
            champ=f"acteurs.{CLE}.{colonne}",
            valeur=valeur,
            revision=revision,
            par=distribution.ddt,
        )

    ecrire("college", "habitants", 0)
    assert list(brouillon.acteurs.all()) == []
    ecrire("nom", "Association", 0)
    ligne = brouillon.acteurs.get()
    assert (ligne.college, ligne.nom) == ("habitants", "Association")
    ecrire("nom", "", 1)
    assert list(brouillon.acteurs.all()) == []
    with pytest.raises(ConflitDeVersion) as conflit:  # A cell filled while the row went away.
        ecrire("attente", "Des idées", 0)
    assert (conflit.value.actuel.valeur, conflit.value.actuel.revision) == ("", 1)
    assert conflit.value.actuel.par_id == distribution.ddt.pk
    ecrire("attente", "Des idées", 1)
    assert [m.phrase for m in manques(brouillon) if "ligne 1" in m.phrase] == [
        "Acteurs à mobiliser\u00a0: donnez un nom à la ligne 1 («\u00a0Des idées\u00a0»), "
        "ou videz-la."
    ]
    ecrire("nom", "Association", 2)
    assert brouillon.acteurs.get().college == "habitants"


def test_un_envoi_sans_script_fait_grandir_les_revisions(brouillon, distribution, connecte):
    url = reverse("candidatures:etape", args=[brouillon.reference, "objet"])
    connecte("ddt").post(url, {"texte": "Sans\r\nscript", "revision": "0"})
    assert revisions_de(brouillon) == {"section.objet": 1}
    conflit = poster(connecte("collectivite"), brouillon, "section.objet", "La gare", 0)
    assert (conflit.status_code, conflit.json()["actuel"]) == (409, "Sans\nscript")


def test_une_saisie_fait_voir_le_conflit_a_un_envoi_sans_script(brouillon, connecte):
    poster(connecte("ddt"), brouillon, "blocages", "Un désaccord", 0)
    url = reverse("candidatures:etape", args=[brouillon.reference, "themes"])
    reponse = connecte("collectivite").post(url, {"blocages": "Autre", "revision": "0"})
    assert reponse.status_code == 409


def test_session_perdue_autre_compte_et_envoi_incomplet(brouillon, distribution, client, connecte):
    anonyme = poster(client, brouillon, "section.objet", "Texte", 0)
    assert (anonyme.status_code, anonyme.json()["etat"]) == (401, "session")
    ddt = connecte("ddt")
    autre = poster(
        ddt, brouillon, "section.objet", "Texte", 0, utilisateur=distribution.collectivite.pk
    )
    assert (autre.status_code, autre.json()["etat"]) == (401, "session")
    assert poster(ddt, brouillon, "section.objet", "Texte", "-1").status_code == 422
    assert poster(ddt, brouillon, "section.objet", "x" * 100_001, 0).status_code == 422
    assert poster(connecte("ddt_autre"), brouillon, "section.objet", "T", 0).status_code == 404
    assert list(RevisionChamp.objects.all()) == []


def test_une_candidature_deposee_ne_se_modifie_plus(distribution, connecte):
    candidature = faire_deposee(distribution)
    reponse = poster(connecte("ddt"), candidature, "section.objet", "Après", 1)
    assert (reponse.status_code, reponse.json()["etat"]) == (403, "interdit")
    # What a browser kept and the dossier already says is no news to anybody.
    tenu = candidature.sections.get(cle="objet").texte
    avant = RevisionChamp.objects.count()
    assert poster(connecte("ddt"), candidature, "section.objet", tenu, 0).status_code == 200
    assert poster(connecte("dgaln"), candidature, "section.objet", tenu, 0).status_code == 403
    assert RevisionChamp.objects.count() == avant
    with pytest.raises(ActionInterdite):
        enregistrer_champ(
            candidature=candidature,
            champ="titre",
            valeur="Autre",
            revision=0,
            par=distribution.ddt,
        )


def test_un_enregistrement_coute_peu(distribution, connecte, django_assert_num_queries):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    client = connecte("ddt")
    poster(client, candidature, "section.objet", "Premier", 1)
    # session, user, begin, lock, latest revision, the three writes, end.
    with django_assert_num_queries(7):
        reponse = poster(client, candidature, "section.objet", "Second", 2)
    assert reponse.status_code == 200


class Entrelacements(TestCase):
    """Any interleaving of two authors: no acknowledged text is lost, none silently overwritten."""

    gestes = st.lists(
        st.tuples(
            st.sampled_from(["ddt", "collectivite"]),
            st.sampled_from(["section.objet", f"projets.{CLE}.intitule", "blocages"]),
            st.text(alphabet="abcé \n", max_size=6).map(str.strip),
            st.sampled_from(["relire", "garder", "abandonner", "fusionner"]),
        ),
        max_size=14,
    )

    @settings(max_examples=40, deadline=None)
    @given(gestes=gestes)
    def test_rien_ne_se_perd(self, gestes):
        distribution = Distribution()
        candidature = faire_brouillon(distribution)
        connues = {}
        acquis = {}
        for auteur, champ, texte, conduite in gestes:
            par = getattr(distribution, auteur)
            base = connues.get((auteur, champ), 0)
            en_vigueur = acquis.setdefault(champ, [""])[-1]

            def ecrire(valeur, revision, champ=champ, par=par):
                return enregistrer_champ(
                    candidature=candidature, champ=champ, valeur=valeur, revision=revision, par=par
                )

            try:
                connues[auteur, champ] = ecrire(texte, base)
            except ConflitDeVersion as conflit:
                assert conflit.actuel.valeur == en_vigueur
                assert conflit.actuel.revision > base
                if conduite == "abandonner":
                    connues[auteur, champ] = conflit.actuel.revision
                    continue
                if conduite == "relire":
                    continue
                texte = texte if conduite == "garder" else f"{en_vigueur}\n{texte}".strip()
                connues[auteur, champ] = ecrire(texte, conflit.actuel.revision)
            if texte != en_vigueur:
                acquis[champ].append(texte)
        for champ, textes in acquis.items():
            gardes = RevisionChamp.objects.filter(candidature=candidature, champ=champ)
            assert list(gardes.order_by("revision").values_list("valeur", flat=True)) == textes[1:]
            candidature.refresh_from_db()
            assert revisions.catalogue.trouver(champ).lire(candidature) == textes[-1]


def test_les_champs_de_la_page_portent_leur_revision(brouillon, distribution, connecte):
    poster(connecte("ddt"), brouillon, f"projets.{uuid4()}.intitule", "La halle", 0)
    page = connecte("collectivite").get(
        reverse("candidatures:etape", args=[brouillon.reference, "projets"])
    )
    champs = page.context["form"].champs_saisie
    assert list(champs)[:3] == ["lignes-0-intitule", "lignes-0-porteur", "lignes-0-avancement"]
    cle = brouillon.projets.get().cle
    assert champs["lignes-0-intitule"] == f"projets.{cle}.intitule"
    assert '"revision": 1' in page.content.decode().replace("&quot;", '"')


def test_un_envoi_repete_est_un_accuse_pas_un_conflit(distribution, connecte):
    """The grid does not compare texts itself: the engine does, for every form."""
    candidature = faire_en_evaluation(distribution)
    client = connecte("evaluateur")
    url = reverse("candidatures:lire_saisie", args=[candidature.reference])
    envoi = {"champ": "synthese", "valeur": "Un avis\r\nclair", "revision": "0"}
    premier, second = client.post(url, envoi), client.post(url, envoi)
    assert (premier.status_code, premier.json()["revision"]) == (200, 1)
    assert (second.status_code, second.json()["revision"]) == (200, 1)
    autre = client.post(url, envoi | {"valeur": "Un autre avis"})
    assert (autre.status_code, autre.json()["actuel"]) == (409, "Un avis\nclair")
