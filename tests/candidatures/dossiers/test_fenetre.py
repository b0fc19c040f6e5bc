"""The closing of a call, seen from a dossier; extension and duplication."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from candidatures.appels.domaine import appels
from candidatures.appels.domaine.versions import en_preparation
from candidatures.appels.models import Appel
from candidatures.dossiers.domaine import depot
from candidatures.dossiers.domaine.fenetre import intention, lire_intention, prevenues, prolonger
from candidatures.dossiers.domaine.manques import manques
from candidatures.dossiers.models import Candidature
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, MotifRequis
from tests.factories.appels import poser, publier_formulaire, reviser
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(distribution):
    appel = faire_appel(distribution, ferme_dans=10)
    brouillon = faire_brouillon(distribution, appel=appel)
    return remplir(brouillon, distribution.ddt)


def apres_cloture(candidature, **ecart):
    return time_machine.travel(candidature.appel.ferme_le + timedelta(**ecart), tick=False)


def test_a_l_heure_dite_le_depot_est_ferme(distribution, complete):
    with apres_cloture(complete, seconds=0), pytest.raises(ElementsManquants) as refus:
        depot.deposer(candidature=complete, par=distribution.ddt)
    assert [m.phrase.partition(" le ")[0] for m in refus.value.manques] == ["L’appel a fermé"]
    with apres_cloture(complete, seconds=-1):
        assert depot.deposer(candidature=complete, par=distribution.ddt).etat == "deposee"


def test_la_page_ouverte_avant_la_cloture_permet_de_deposer_apres(distribution, connecte, complete):
    client = connecte("ddt")
    page = reverse("candidatures:etape", args=[complete.reference, "depot"])
    adresse = reverse("candidatures:deposer", args=[complete.reference])
    with apres_cloture(complete, minutes=-3):
        client.force_login(
            distribution.ddt, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        html = client.get(page).content.decode()
    jeton = html.partition('name="intention" value="')[2].partition('"')[0]
    with apres_cloture(complete, minutes=1):
        client.post(adresse)
        assert Candidature.objects.get(pk=complete.pk).etat == "brouillon"
        client.post(adresse, {"intention": jeton})
        assert Candidature.objects.get(pk=complete.pk).etat == "deposee"


def test_le_jeton_ne_sert_ni_a_un_autre_ni_pour_un_autre_dossier(distribution, complete):
    autre = faire_brouillon(distribution, appel=complete.appel, titre="Une autre")
    jeton = intention(complete, distribution.ddt)
    assert lire_intention(jeton, complete, distribution.ddt) is not None
    assert lire_intention(jeton, complete, distribution.collectivite) is None
    assert lire_intention(jeton, autre, distribution.ddt) is None
    assert lire_intention(jeton + "x", complete, distribution.ddt) is None
    assert lire_intention("", complete, distribution.ddt) is None


def test_un_jeton_vieux_de_seize_minutes_ne_suffit_pas(distribution, complete):
    ouverte = complete.appel.ferme_le - timedelta(minutes=1)
    with apres_cloture(complete, minutes=15):
        assert manques(complete, [ouverte]) != []
    with apres_cloture(complete, minutes=14):
        assert manques(complete, [ouverte]) == []


def test_la_cloture_locale_suit_le_territoire(distribution, complete):
    Appel.objects.filter(pk=complete.appel_id).update(heure_locale=True)
    relue = Candidature.objects.get(pk=complete.pk)
    relue.perimetre.departements.update(fuseau="America/Cayenne")
    with apres_cloture(complete, hours=3):
        assert manques(Candidature.objects.get(pk=complete.pk)) == []
    with apres_cloture(complete, hours=6):
        phrases = [m.phrase for m in manques(Candidature.objects.get(pk=complete.pk))]
    assert [p.endswith("(heure de la Guyane).") for p in phrases] == [True]


def test_la_cloture_par_la_dgaln_garde_un_depot_commence(distribution, complete):
    avant = timezone.now()
    appels.clore(appel=complete.appel, par=distribution.dgaln)
    relue = Candidature.objects.get(pk=complete.pk)
    assert [m.phrase.partition(" le ")[0] for m in manques(relue)] == ["L’appel a été clos"]
    assert depot.deposer(candidature=relue, par=distribution.ddt, commences=[avant]).etat == (
        "deposee"
    )


def test_prolonger_previent_ceux_qui_redigent(distribution, complete):
    plus_tard = complete.appel.ferme_le + timedelta(days=5)
    prolonger(
        appel=complete.appel, ferme_le=plus_tard, motif="Intempéries.", par=distribution.dgaln
    )
    assert Appel.objects.get(pk=complete.appel_id).ferme_le == plus_tard
    recus = Courriel.objects.filter(cle="appel_prolonge")
    assert sorted(recus.values_list("destinataire", flat=True)) == sorted(
        [distribution.ddt.email, distribution.collectivite.email]
    )
    assert "Intempéries." in recus.first().corps


def test_prolonger_se_refuse(distribution, complete):
    arguments = {"appel": complete.appel, "motif": "Oui", "par": distribution.dgaln}
    with pytest.raises(ErreurMetier, match="suivre l’ancienne"):
        prolonger(**arguments, ferme_le=complete.appel.ferme_le - timedelta(hours=1))
    with pytest.raises(MotifRequis):
        prolonger(**arguments | {"motif": " "}, ferme_le=timezone.now() + timedelta(days=90))
    for role in ("ddt", "dreal", "collectivite", "evaluateur", "equipe"):
        with pytest.raises(ActionInterdite):
            prolonger(
                **arguments | {"par": getattr(distribution, role)},
                ferme_le=timezone.now() + timedelta(days=90),
            )
    permanent = faire_appel(distribution, titre="Au fil de l’eau")
    with pytest.raises(ErreurMetier, match="fil de l’eau"):
        prolonger(**arguments | {"appel": permanent}, ferme_le=timezone.now() + timedelta(days=90))


def test_un_appel_ferme_par_sa_date_est_clos_partout(complete, connecte):
    with apres_cloture(complete, seconds=1):
        client = connecte("dgaln")
        page = client.get(complete.appel.get_absolute_url())
        assert [a.situation for a in client.get("/appels/").context["passes"]] == ["Clos"]
    texte = page.content.decode()
    assert ("Clore l’appel" in texte, "Rouvrir jusqu’à une autre date" in texte) == (False, True)


def test_repartir_d_un_appel_reprend_son_formulaire_et_ses_reglages(distribution, complete):
    publier_formulaire(distribution, complete.appel, "Une friche ?", obligatoire=True)
    nouveau = appels.dupliquer(
        appel=complete.appel,
        titre="Ateliers locaux 2028",
        ouvre_le=timezone.now() + timedelta(days=300),
        par=distribution.dgaln,
    )
    version = en_preparation(nouveau)
    assert [(q.cle, q.libelle, q.obligatoire) for q in version.questions.all()] == [
        ("une_friche", "Une friche ?", True)
    ]
    assert (nouveau.etat, nouveau.presentation, nouveau.grille_id) == (
        "brouillon",
        complete.appel.presentation,
        complete.appel.grille_id,
    )


def test_ce_que_la_base_refuse_se_dit_pres_du_champ(distribution, complete, connecte):
    """No rule of the form says it: the constraint does, and what was typed stays."""
    url = reverse("candidatures:appel_dupliquer", args=[complete.appel.slug])
    saisie = {
        "titre": "2028",
        "presentation": "P",
        "ouvre_le": "2028-03-01T12:00",
        "ferme_le": "2028-02-01T12:00",
    }
    page = connecte("dgaln").post(url, saisie)
    form = page.context["form"]
    assert (form.errors, form["titre"].value()) == (
        {"ferme_le": ["L’appel ferme avant d’ouvrir."]},
        "2028",
    )
    assert not Appel.objects.filter(titre="2028").exists()
    page = connecte("dgaln").post(url, saisie | {"ferme_le": ""}, follow=True)
    assert page.context["repris_de"] == complete.appel.titre
    nouveau = Appel.objects.get(titre="2028")
    modifier = reverse("candidatures:appel_modifier", args=[nouveau.slug])
    aide = connecte("dgaln").get(modifier).context["form"].fields["presentation"].help_text
    assert aide.startswith(f"Repris de «\u00a0{complete.appel.titre}\u00a0»\u00a0: relisez.")


def test_on_dit_combien_de_candidatures_sont_prevenues(distribution, complete):
    """The number is true: zero, one, several; a filed one is not told."""
    autre = faire_appel(distribution)
    assert prevenues(autre) == (
        "Aucune candidature n’est en cours de rédaction : personne n’avait à être prévenu."
    )
    appel = complete.appel
    une = "Les auteurs de la candidature en cours de rédaction sont prévenus."
    assert prevenues(appel) == une
    faire_deposee(distribution, appel=appel)
    assert prevenues(appel) == une
    faire_brouillon(distribution, appel=appel)
    assert prevenues(appel) == "Les auteurs des 2 candidatures en cours de rédaction sont prévenus."


def test_publier_une_revision_sans_candidature_ne_parle_pas_de_candidats(distribution, connecte):
    appel = faire_appel(distribution)
    poser(distribution, reviser(distribution, appel), "Une question")
    url = reverse("candidatures:formulaire_publier", args=[appel.slug])
    page = connecte("dgaln").post(url, follow=True)
    assert [str(m) for m in page.context["messages"]] == [
        "La révision est publiée. "
        "Aucune candidature n’est en cours de rédaction : personne n’avait à être prévenu."
    ]
