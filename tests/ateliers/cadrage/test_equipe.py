"""No way around the consultation; nothing known of the team is lost; its days are counted."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ateliers.budget.domaine import jours
from ateliers.cadrage.domaine import equipe
from ateliers.cadrage.domaine.couverture import couverture_equipe
from ateliers.cadrage.models import Contrat, Equipe
from ateliers.carnet.domaine.parcours import lire_parcours
from ateliers.marche.domaine import choix_equipe
from ateliers.marche.models import Offre
from ateliers.parcours.models import Atelier
from socle.comptes.models import Organisme
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from tests.factories import ateliers as fabrique
from tests.factories import marche as offres
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db


def nommer(distribution, atelier, **plus):
    valeurs = {
        "mandataire": distribution.equipe.organisme,
        "discipline": "urbanisme",
        "motif": "Première au classement",
    }
    return equipe.composer_equipe(atelier=atelier, par=distribution.ddt, **valeurs | plus)


@pytest.mark.parametrize("etape", [offres.faire_preparation, offres.faire_recueil])
def test_tant_que_la_consultation_n_est_pas_decidee_aucune_equipe(distribution, etape):
    atelier = etape(distribution).atelier
    phrase = "Une consultation est en cours : l’équipe sera celle de l’offre retenue."
    for verbe in (
        lambda: nommer(distribution, atelier),
        lambda: fabrique.preparer_contrat(distribution, atelier, nature="marche"),
    ):
        with pytest.raises(ElementsManquants) as refus:
            verbe()
        assert [(m.phrase, m.url) for m in refus.value.manques] == [
            (phrase, reverse("ateliers:marche", args=[atelier.slug]))
        ]
    with pytest.raises(DatabaseError, match="offre retenue"), transaction.atomic():
        Equipe.objects.create(
            atelier=atelier, mandataire=distribution.equipe.organisme, discipline="urbanisme"
        )
    assert (Equipe.objects.count(), Contrat.objects.count()) == (0, 0)


def test_seule_l_equipe_de_l_offre_retenue(distribution, connecte):
    consultation = offres.faire_classee(distribution, notes=(4, 5))
    retenue = Offre.objects.get(consultation=consultation, mandataire="Agence 2")
    choix_equipe.retenir(offre=retenue, par=distribution.ddt, motif="Première")
    atelier = consultation.atelier
    with pytest.raises(ErreurMetier, match="L’offre retenue est celle d’Agence 2"):
        nommer(distribution, atelier)
    page = connecte("ddt").get(reverse("ateliers:equipe", args=[atelier.slug])).text
    lus = [f'name="{nom}"' in page for nom in ("mandataire", "motif", "discipline")]
    assert lus == [False, False, True]
    assert Equipe.objects.get(atelier=atelier).mandataire.nom == "Agence 2"


def test_sans_consultation_la_reference_et_le_motif(distribution):
    atelier = fabrique.faire_atelier(distribution, "local")
    with pytest.raises(ErreurMetier) as sans_reference:
        nommer(distribution, atelier)
    with pytest.raises(ErreurMetier) as sans_motif:
        nommer(distribution, atelier, reference_place="2026-AT-9", motif=" ")
    assert [sans_reference.value.champ, sans_motif.value.champ] == ["reference_place", "motif"]
    points = {p.phrase: (p.fait, p.url) for p in lire_parcours(atelier).points}
    marche = reverse("ateliers:marche", args=[atelier.slug])
    assert points["L’équipe est choisie"] == (False, marche)
    lue = nommer(distribution, atelier, reference_place="2026-AT-9")
    assert (lue.reference_place, lue.motif) == ("2026-AT-9", "Première au classement")
    points = {p.phrase: (p.fait, p.url) for p in lire_parcours(atelier).points}
    assert points["L’équipe est choisie"] == (True, marche)


def test_corriger_l_equipe_ne_perd_rien(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "flash")
    agence = Organisme.objects.create(nom="Agence du Lac", nature="bureau_etudes")
    mandataire = distribution.equipe.organisme
    nommer(
        distribution,
        atelier,
        jours=Decimal("12.5"),
        membres=[
            {"nom": "Zoé", "discipline": "paysage", "jours": Decimal(8), "organisme": agence},
            {"nom": "Luc", "discipline": "paysage", "suppleant_de": "Zoé", "jours": Decimal(3)},
            {"nom": "Ana", "discipline": "urbanisme", "suppleant_de": mandataire.nom},
        ],
    )
    adresse = reverse("ateliers:equipe", args=[atelier.slug])
    visiteur = connecte("ddt")
    form = visiteur.get(adresse).context["form"]
    envoi = {champ.html_name: "" if champ.value() is None else champ.value() for champ in form}
    envoi |= {"jeton": form.jeton, "ligne0_nom": "Zoé Martin"}
    reponse = visiteur.post(adresse, envoi)
    assert reponse.context["form"].errors == {
        "ligne1_suppleant_de": [
            "Écrivez le nom du mandataire ou d’un autre membre, tel qu’il figure ici."
        ]
    }
    reponse = visiteur.post(adresse, envoi | {"ligne1_suppleant_de": "Zoé Martin"})
    assert reponse.status_code == 302
    lue = Equipe.objects.get(atelier=atelier)
    membres = lue.membres.select_related("suppleant_de", "organisme", "equipe__mandataire")
    assert [(m.nom, m.jours, m.organisme, m.supplee) for m in membres] == [
        ("Zoé Martin", Decimal(8), agence, ""),
        ("Luc", Decimal(3), None, "Zoé Martin"),
        ("Ana", None, None, mandataire.nom),
    ]
    assert lue.jours == Decimal("12.5")
    assert set(atelier.intervenants.all()) == {agence, mandataire}


def test_deux_membres_echangent_leurs_noms_et_un_suppleant_inconnu_se_refuse(distribution):
    atelier = fabrique.faire_atelier(distribution, "flash")
    lignes = [{"nom": "A", "discipline": "paysage"}, {"nom": "B", "discipline": "design"}]
    lue = nommer(distribution, atelier, membres=lignes)
    a, b = lue.membres.all()
    lignes = [
        {"nom": "B", "discipline": "paysage", "membre": a.pk},
        {"nom": "A", "discipline": "design", "membre": b.pk},
    ]
    nommer(distribution, atelier, membres=lignes)
    assert list(lue.membres.order_by("pk").values_list("pk", "nom", "discipline")) == [
        (a.pk, "B", "paysage"),
        (b.pk, "A", "design"),
    ]
    for faux in ({"suppleant_de": "Inconnue"}, {"suppleant_de": "B"}):
        with pytest.raises(ErreurMetier, match="la personne suppléée"):
            nommer(distribution, atelier, membres=[lignes[0] | faux])
    with pytest.raises(ErreurMetier, match="le même nom"):
        nommer(distribution, atelier, membres=[lignes[0], lignes[0]])


def test_les_jours_faits_et_ce_qui_manque(distribution):
    seance = poses.faire_seance(distribution, etat="tenue")
    atelier = Atelier.objects.get(pk=seance.atelier_id)
    lue = Equipe.objects.create(
        atelier=atelier,
        mandataire=distribution.equipe.organisme,
        discipline="urbanisme",
        jours=Decimal(10),
    )
    zoe = lue.membres.create(nom="Zoé", discipline="paysage", jours=Decimal(4))
    luc = lue.membres.create(nom="Luc", discipline="paysage", jours=Decimal(9), suppleant_de=zoe)
    jours.noter_jours(
        seance=seance,
        par=distribution.ddt,
        jours={None: Decimal("1.5"), zoe.pk: None, luc.pk: Decimal(2)},
    )
    lignes = jours.fiche(jours.equipe_de(atelier))
    assert [(x.nom, x.supplee, x.prevus, x.faits, x.restent) for x in lignes] == [
        (distribution.equipe.organisme.nom, "", Decimal(10), Decimal("1.5"), Decimal("8.5")),
        ("Zoé", "", Decimal(4), Decimal(0), Decimal(4)),
        ("Luc", "Zoé", Decimal(9), Decimal(2), Decimal(7)),
    ]
    demandes = [("paysage", 8)]
    prevue, faite = jours.couvertures(lignes, demandes)
    assert ([p.apportes for p in prevue], [f.apportes for f in faite]) == ([4], [2])
    assert [c.apportes for c in couverture_equipe(lue, demandes)] == [4]
    with pytest.raises(ErreurMetier, match="Des jours faits sont notés pour Luc"):
        nommer(distribution, atelier, reference_place="X", membres=[])
    with pytest.raises(ActionInterdite):
        jours.noter_jours(seance=seance, par=distribution.equipe, jours={None: Decimal(1)})
    with pytest.raises(ErreurMetier, match="20 jours au plus"):
        jours.noter_jours(seance=seance, par=distribution.ddt, jours={None: Decimal(21)})
    seance.etat = "convoquee"
    with pytest.raises(TransitionImpossible):
        jours.noter_jours(seance=seance, par=distribution.ddt, jours={None: Decimal(1)})
