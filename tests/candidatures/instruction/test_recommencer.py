"""Start again from last year’s, with what was said of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.dossiers import droits
from candidatures.dossiers.domaine import coauteurs, emprises
from candidatures.dossiers.domaine.depot import deposer
from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import Candidature
from candidatures.instruction.domaine import recevabilite, recommencer
from socle.erreurs import ActionInterdite, TransitionImpossible
from tests.factories.appels import publier_formulaire
from tests.factories.candidatures import faire_appel, faire_brouillon, faire_deposee, remplir

pytestmark = pytest.mark.django_db
MOTIF = "Le périmètre dépasse le territoire du SCoT."


@pytest.fixture
def irrecevable(distribution):
    candidature = faire_deposee(distribution)
    recevabilite.declarer_irrecevable(candidature=candidature, motif=MOTIF, par=distribution.dgaln)
    return Candidature.objects.get(pk=candidature.pk)


def test_le_nouveau_brouillon_porte_le_texte_et_les_remarques(irrecevable, distribution, connecte):
    appel = faire_appel(distribution, titre="Appel suivant")
    url = reverse("candidatures:recommencer", args=[irrecevable.reference])
    client = connecte("collectivite")
    nouvelle = client.get(reverse("candidatures:creer", args=[appel.slug]))
    assert list(nouvelle.context["anciennes"]) == [irrecevable]
    proposes = client.get(f"{url}?appel={appel.pk}").context["form"]
    assert (list(proposes.fields["appel"].queryset), proposes["appel"].value()) == (
        [appel],
        str(appel.pk),
    )
    assert client.post(url, {"appel": irrecevable.appel_id}).context["form"].errors.keys() == {
        "appel"
    }
    reponse = client.post(url, {"appel": appel.pk})
    nouvelle = client.get(reverse("candidatures:creer", args=[appel.slug]))
    assert list(nouvelle.context["anciennes"]) == []
    copie = Candidature.objects.get(reprise_de=irrecevable)
    assert reponse.url == reverse("candidatures:etape", args=[copie.reference, "identite"])
    assert (copie.etat, copie.appel, copie.remarques_reprises) == ("brouillon", appel, MOTIF)
    textes = [list(c.sections.values_list("cle", "texte")) for c in (irrecevable, copie)]
    assert textes[0] == textes[1]
    assert list(copie.pieces.all()) == []
    assert MOTIF in connecte("ddt").get(reponse.url).content.decode()
    irrecevable.refresh_from_db()
    assert irrecevable.etat == "irrecevable"
    with pytest.raises(TransitionImpossible):
        recommencer.recommencer(candidature=irrecevable, appel=appel, par=distribution.ddt)


def test_un_brouillon_ou_un_etranger_ne_recommencent_rien(irrecevable, distribution):
    appel = faire_appel(distribution, titre="Appel suivant")
    for candidature, par in (
        (irrecevable, distribution.dgaln),
        (irrecevable, distribution.ddt_autre),
        (faire_brouillon(distribution), distribution.ddt),
    ):
        with pytest.raises(ActionInterdite):
            recommencer.recommencer(candidature=candidature, appel=appel, par=par)
    assert list(Candidature.objects.filter(reprise_de__isnull=False)) == []


def test_le_trace_les_reponses_les_auteurs_et_les_complements_suivent(distribution):
    candidature = remplir(faire_brouillon(distribution), distribution.ddt)
    publier_formulaire(distribution, candidature.appel, "Une friche ?", "Une question perdue ?")
    anne = coauteurs.ouvrir_compte(
        invitation=coauteurs.inviter_personne(
            candidature=candidature,
            courriel="anne@exemple.fr",
            prenom="Anne",
            nom="Petit",
            organisme_nom="Atelier du lin",
            par=distribution.ddt,
        ),
        prenom="Anne",
        nom="Petit",
        mot_de_passe="une-phrase-assez-longue",
    )
    trace = "50.1, 2.3\n50.1, 2.32\n50.12, 2.32"
    for champ, valeur in (
        ("trace", trace),
        ("question.une_friche", "Oui, deux"),
        ("question.une_question_perdue", "Perdue"),
    ):
        enregistrer_champ(
            candidature=candidature, champ=champ, valeur=valeur, revision=0, par=distribution.ddt
        )
    deposee = deposer(candidature=Candidature.objects.get(pk=candidature.pk), par=distribution.ddt)
    recevabilite.demander_complements(
        candidature=deposee,
        motif="Il manque un texte.",
        echeance=timezone.localdate() + timedelta(days=10),
        attendus=[recevabilite.Attendu(texte="Précisez l’objet.", section="objet")],
        par=distribution.dgaln,
    )
    recevabilite.repondre_complements(candidature=deposee, reponse="Fait.", par=distribution.ddt)
    recevabilite.declarer_irrecevable(
        candidature=Candidature.objects.get(pk=deposee.pk), motif=MOTIF, par=distribution.dgaln
    )
    suivant = faire_appel(distribution, titre="Appel suivant")
    publier_formulaire(distribution, suivant, "Une friche ?")
    copie = recommencer.recommencer(
        candidature=Candidature.objects.get(pk=deposee.pk), appel=suivant, par=distribution.ddt
    )
    copie = Candidature.objects.get(pk=copie.pk)
    assert emprises.emprise(copie).points == emprises.emprise(deposee).points > 0
    assert [(r.cle, r.valeur) for r in copie.reponses.all()] == [("une_friche", "Oui, deux")]
    assert [c.utilisateur for c in copie.coauteurs.all()] == [anne]
    assert list(droits.portees_par(anne).order_by("pk")) == [deposee, copie]
    assert "– Section « Objet de l’atelier » : Précisez l’objet." in copie.remarques_reprises
    assert MOTIF in copie.remarques_reprises
