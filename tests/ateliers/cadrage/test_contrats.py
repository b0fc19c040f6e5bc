"""A contract in preparation is mended or removed; a framework's ceiling counts the avenants."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.domaine import accords, contrat
from ateliers.cadrage.domaine import preparation_contrat as verbes
from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.models import AccordCadre, CahierDesCharges, Contrat
from ateliers.marche.domaine import choix_equipe
from ateliers.marche.models import Offre
from socle.erreurs import ActionInterdite, ErreurMetier, TransitionImpossible
from tests.factories import ateliers as fabrique
from tests.factories import marche as offres

pytestmark = pytest.mark.django_db
CHAMPS = {"numero": "2026-18", "montant_ht": Decimal(50000), "taux_tva": Decimal(20)}


def test_un_contrat_prepare_se_corrige_et_se_retire(distribution, connecte):
    atelier = fabrique.faire_atelier(distribution, "flash")
    fabrique.designer_equipe(distribution, atelier)
    bon = fabrique.preparer_contrat(distribution, atelier, montant_ht=Decimal(19000))
    adresse = reverse("ateliers:contrat_corriger", args=[atelier.slug, bon.pk])
    visiteur = connecte("ddt")
    form = visiteur.get(adresse).context["form"]
    envoi = {champ.html_name: champ.value() for champ in form} | {"jeton": form.jeton}
    assert visiteur.post(adresse, envoi | {"numero": "2026-99"}).status_code == 302
    bon.refresh_from_db()
    assert (bon.numero, bon.montant_ht, bon.accord_cadre is None) == (
        "2026-99",
        Decimal(19000),
        False,
    )
    with pytest.raises(ActionInterdite):
        verbes.retirer_contrat(contrat=bon, par=distribution.dreal, motif="Non")
    verbes.retirer_contrat(contrat=bon, par=distribution.ddt, motif="Erreur de saisie")
    assert Contrat.objects.count() == 0


def test_un_flash_dit_ce_qui_manque_a_l_equipe_et_ne_part_pas_sur_place(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    bon = Contrat.objects.get(atelier=atelier)
    visiteur = connecte("ddt")
    notifier = reverse("ateliers:contrat_notifier", args=[atelier.slug, bon.pk])
    manques = visiteur.get(notifier).context["a_savoir"]
    competences = dict(demandees(atelier))
    assert len(manques) == len(competences) > 0
    assert manques[0].url == reverse("ateliers:equipe", args=[atelier.slug])
    page = visiteur.get(reverse("ateliers:cahier_version", args=[atelier.slug, 1]))
    assert "PLACE" not in page.text
    assert page.context["sans_visa_regional"].startswith("Pas de visa de la DREAL")
    envoyer = reverse("ateliers:cahier_envoyer", args=[atelier.slug, 1])
    form = visiteur.get(envoyer).context["form"]
    assert form["destinataires"].value() == bon.titulaire.nom


def test_un_contrat_notifie_ne_se_corrige_plus(distribution):
    atelier = fabrique.faire_en_cours(distribution, "local")
    notifie = Contrat.objects.select_related("atelier").get(atelier=atelier)
    for geste in (
        lambda: verbes.corriger_contrat(
            contrat=notifie, par=distribution.ddt, nature="marche", **CHAMPS
        ),
        lambda: verbes.retirer_contrat(contrat=notifie, par=distribution.ddt, motif="Non"),
    ):
        with pytest.raises(TransitionImpossible):
            geste()
    assert Contrat.objects.get(pk=notifie.pk).numero == "2026-17"


def test_le_montant_vient_de_l_offre_et_l_ecart_se_dit(distribution, connecte):
    consultation = offres.faire_classee(distribution, notes=(4, 5), prix=("80000", "100000"))
    atelier = consultation.atelier
    retenue = Offre.objects.get(consultation=consultation, mandataire="Agence 2")
    choix_equipe.retenir(offre=retenue, par=distribution.ddt, motif="Première")
    visiteur = connecte("ddt")
    nouveau = reverse("ateliers:contrat_nouveau", args=[atelier.slug])
    assert visiteur.get(nouveau).context["form"]["montant_ht"].value() == Decimal(100000)
    prepare = contrat.preparer_contrat(
        atelier=atelier, par=distribution.ddt, nature="marche", numero="1", montant_ht=99000
    )
    assert "de moins que l’offre retenue" in verbes.ecart_avec_l_offre(atelier, [prepare])
    prepare.montant_ht = Decimal(100000)
    assert verbes.ecart_avec_l_offre(atelier, [prepare]) == ""
    assert CahierDesCharges.objects.filter(atelier=atelier).count() == 0


def test_le_plafond_compte_les_avenants_et_la_liste_les_seuls_titulaires(distribution, connecte):
    atelier = fabrique.faire_en_cours(distribution, "flash")
    bon = Contrat.objects.select_related("atelier", "accord_cadre").get(atelier=atelier)
    accord = bon.accord_cadre
    reste = Decimal(5000)
    AccordCadre.objects.filter(pk=accord.pk).update(plafond_ht=accords.commande(accord) + reste)
    avenant = {"contrat": bon, "par": distribution.ddt, "objet": "Une séance de plus"}
    avenant |= {"signe_le": timezone.localdate()}
    contrat.signer_avenant(**avenant, montant_ht=Decimal(4000))
    with pytest.raises(ErreurMetier, match="serait dépassé"):
        contrat.signer_avenant(**avenant, montant_ht=Decimal(1001))
    contrat.signer_avenant(**avenant, montant_ht=Decimal(1000))
    accord.refresh_from_db()
    assert accords.commande(accord) == accord.plafond_ht
    page = connecte("ddt").get(reverse("ateliers:equipe", args=[atelier.slug]))
    choix = page.context["form"].fields["mandataire"].queryset
    assert [o.pk for o in choix] == sorted({bon.titulaire_id, *accords.titulaires_en_vigueur()})
    assert "mandataire_nouveau" not in page.context["form"].fields
