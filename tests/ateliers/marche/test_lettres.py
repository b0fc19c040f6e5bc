"""Letters leave together, each with its own address, signatory, reasons and remedies."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.choix_declare import Lettres, choix_declare
from ateliers.cadrage.domaine import suspension
from ateliers.marche.documents import LETTRE_REJET
from ateliers.marche.domaine import choix_equipe, lettres
from ateliers.marche.models import Consultation, Offre
from ateliers.taches import a_traiter
from socle.comptes.domaine.adresse import ville
from socle.courriels.lots import envoyer_lot
from socle.courriels.models import Courriel, LotCourriels
from socle.documents.domaine import geler
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from socle.interface.templatetags.interface import date_courte
from tests.factories import marche as fabrique

pytestmark = pytest.mark.django_db


@pytest.fixture
def attribuee(distribution):
    consultation = fabrique.faire_classee(distribution, notes=(4, 5), prix=("76543", "98765"))
    retenue = Offre.objects.get(consultation=consultation, mandataire="Agence 2")
    return choix_equipe.retenir(offre=retenue, par=distribution.ddt, motif="Première au classement")


def preparer(distribution, consultation, **plus):
    valeurs = {
        "signataire": "Anne Petit",
        "qualite": "Directrice adjointe",
        "recours": lettres.voies_de_recours("Amiens"),
        "adresses": {},
    }
    return lettres.preparer(consultation=consultation, par=distribution.ddt, **valeurs | plus)


def _a_faire(consultation, connecte, distribution):
    """What the page says comes next, and what the dashboard says of the batches."""
    page = connecte("ddt").get(reverse("ateliers:marche", args=[consultation.atelier.slug]))
    autres = [t for t in a_traiter(distribution.ddt_autre) if t.verbe == "Relire et envoyer"]
    assert autres == []
    taches = [t for t in a_traiter(distribution.ddt) if t.verbe == "Relire et envoyer"]
    return (
        (page.context["suite"], page.context["suite_url"]),
        [(t.verbe, t.objet, t.url) for t in taches],
    )


def test_la_page_prepare_et_l_envoi_joint_chaque_lettre(distribution, connecte, attribuee):
    atelier = attribuee.atelier
    adresse = reverse("ateliers:marche_lettres", args=[atelier.slug])
    visiteur = connecte("ddt")
    form = visiteur.get(adresse).context["form"]
    offres = lettres.ouvertes(attribuee)
    envoi = {"jeton": form.jeton, "signataire": "Anne Petit", "qualite": "", "recours": ""}
    envoi |= {f"adresse_{offre.pk}": f"{offre.pk} rue Haute\n80000 Amiens" for offre in offres}
    refus = visiteur.post(adresse, envoi | {"tribunal": ""})
    assert refus.context["form"].errors == {
        "tribunal": [
            "Donnez la ville du tribunal, ou écrivez vous-même les délais et voies de recours."
        ]
    }
    reponse = visiteur.post(adresse, envoi | {"tribunal": "Amiens"})
    lot = LotCourriels.objects.get(cle="lettres_candidats")
    assert (reponse.status_code, reponse.url) == (302, lot.get_absolute_url())
    courriels = list(lot.courriels.order_by("pk"))
    assert {(c.etat, c.destinataire) for c in courriels} == {("retenu", fabrique.SECRETS[1])}
    perdante = offres[0]
    pilote = distribution.ddt.organisme
    type(pilote).objects.filter(pk=pilote.pk).update(adresse="1 place Haute\n80026 Amiens Cedex 1")
    lue, _ = geler(LETTRE_REJET, Offre.objects.get(pk=perdante.pk))
    assert lue["ville"] == "Amiens"
    assert (ville("1 place\n80 000 AMIENS"), ville("1 rue du Lieu")) == ("AMIENS", "")
    assert (lue["adresse"], lue["signataire"], lue["motif"]) == (
        [f"{perdante.pk} rue Haute", "80000 Amiens"],
        "Anne Petit",
        ["Première au classement"],
    )
    assert lue["recours"][-1] == "Le tribunal administratif compétent est celui d’Amiens."
    assert [t for t in ("98\u202f765", "98\u00a0765", "98765") if t in str(lue)] == []
    # What is read before is what leaves.
    prevue = reverse("courriels:piece_prevue", args=[courriels[0].pk])
    assert [connecte(nom).get(prevue).status_code for nom in ("dreal", "equipe")] == [404, 404]
    lue = connecte("ddt").get(prevue)
    jour = timezone.localdate()
    avant = choix_declare(attribuee.atelier).lettres()
    assert suspension.phrase_promise(avant, jour) == ""
    assert suspension.phrase_delai(avant, jour)[:50] == (
        "Les lettres aux candidats non retenus ne sont pas "
    )
    assert _a_faire(attribuee, connecte, distribution) == (
        ("Relire et envoyer les lettres préparées", lot.get_absolute_url()),
        [("Relire et envoyer", lot.titre, lot.get_absolute_url())],
    )
    envoyer_lot(lot=lot, par=distribution.ddt)
    assert _a_faire(attribuee, connecte, distribution) == (
        ("Préparer le contrat", reverse("ateliers:contrat_nouveau", args=[atelier.slug])),
        [],
    )
    choix = choix_declare(attribuee.atelier)
    posee = Lettres(1, jour, 11)
    assert choix.lettres() == posee
    promis, tenu = (suspension.phrase_promise(posee, jour + timedelta(days=n)) for n in (10, 11))
    assert promis == (
        f"Vos lettres aux candidats non retenus, parties le {date_courte(jour)}, annoncent onze "
        "jours avant la signature : le contrat se notifie à partir du "
        f"{date_courte(jour + timedelta(days=11))}."
    )
    assert tenu == ""
    postee = suspension.phrase_promise(Lettres(1, jour, 16), jour + timedelta(days=15))
    assert postee.partition(", annoncent ")[2][:12] == "seize jours "
    tue = Lettres(1, jour)  # the letters promise nothing: the pilot is asked
    assert suspension.phrase_promise(tue, jour) == ""
    tot, attendu = (suspension.phrase_delai(tue, jour + timedelta(days=n)) for n in (10, 11))
    assert ("article R. 2182-1" in tot, attendu) == (True, "")
    assert lue.content == bytes(courriels[0].pieces_jointes.get().contenu)
    assert connecte("ddt").get(prevue).status_code == 404
    pieces = {c.objet_id: [p.nom for p in c.pieces_jointes.all()] for c in courriels}
    assert pieces == {str(o.pk): ["lettre.pdf"] for o in offres if o.courriel}


def test_ni_avant_le_choix_ni_par_un_autre(distribution, attribuee):
    with pytest.raises(ActionInterdite):
        lettres.preparer(
            consultation=attribuee,
            par=distribution.dreal,
            signataire="X",
            qualite="",
            recours="Y",
            adresses={},
        )
    with pytest.raises(ErreurMetier, match="voies de recours"):
        preparer(distribution, attribuee, recours=" ")
    avant = fabrique.faire_recueil(distribution)
    with pytest.raises(TransitionImpossible):
        preparer(distribution, avant)
    assert (Courriel.objects.count(), Consultation.objects.filter(signataire="").count()) == (0, 2)


def test_le_registre_se_lit_dans_l_ordre(distribution, connecte, attribuee):
    page = connecte("dgaln").get(reverse("ateliers:marche", args=[attribuee.atelier.slug]))
    assert [ligne.offre.numero for ligne in page.context["lignes"]] == [1, 2]


def test_un_rang_est_provisoire_tant_qu_une_note_manque(distribution, connecte):
    consultation = fabrique.faire_analyse(distribution)
    offres = list(Offre.objects.filter(consultation=consultation).order_by("numero"))
    dits = []
    for offre in offres:
        fabrique.noter(distribution, offre, 4)
        page = connecte("ddt").get(
            reverse("ateliers:offre", args=[consultation.atelier.slug, offres[0].pk])
        )
        assert page.context["classee"].rang == 1
        dits.append((page.context["provisoire"], "Rang provisoire" in page.content.decode()))
    assert dits == [(True, True), (False, False)]
