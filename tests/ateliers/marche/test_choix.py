"""From the règlement to the letters: who reads what, who is kept, two who open at once."""

import threading
from decimal import Decimal

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from ateliers.cadrage.domaine.competences import demandees
from ateliers.cadrage.domaine.couverture import couverture, couverture_equipe
from ateliers.cadrage.models import CahierDesCharges, CompetenceDemandee, Equipe
from ateliers.marche.documents import LETTRE_REJET, LETTRE_RETENUE, RAPPORT
from ateliers.marche.domaine import analyse, choix_equipe, offres, reglement
from ateliers.marche.models import Consultation, Fiche, NoteOffre, Offre
from socle.documents.domaine import geler, visible_par
from socle.documents.models import Document
from socle.erreurs import ActionInterdite, ElementsManquants, ErreurMetier, TransitionImpossible
from socle.journal.models import Entree
from tests.factories import marche as fabrique
from tests.factories import participants as poses

pytestmark = pytest.mark.django_db


def offres_de(consultation):
    return list(
        Offre.objects.filter(consultation=consultation).select_related("consultation__atelier")
    )


def test_le_reglement_fait_cent_et_ne_change_plus(distribution):
    consultation = fabrique.faire_preparation(distribution, poids_prix=30)
    with pytest.raises(ElementsManquants) as refus:
        reglement.fixer(atelier=consultation.atelier, par=distribution.ddt)
    assert str(refus.value) == "Les poids, prix compris, font 110 et doivent faire 100."
    fixee = fabrique.faire_recueil(distribution)
    with pytest.raises(TransitionImpossible):
        reglement.regler(
            atelier=fixee.atelier,
            par=distribution.ddt,
            criteres=fabrique.CRITERES,
            poids_prix=20,
            formule="lineaire",
            departage="prix",
            ouverture_le=fixee.ouverture_le,
        )
    fabrique.recevoir(distribution, fixee)
    with pytest.raises(ErreurMetier, match="le règlement ne change plus"):
        reglement.rouvrir_reglement(atelier=fixee.atelier, par=distribution.ddt, motif="Un oubli")


def test_chacun_note_avant_de_lire_les_autres(distribution, connecte):
    consultation = fabrique.faire_analyse(distribution, prix=("80000",))
    (offre,) = offres_de(consultation)
    notes = {c.pk: (3, "Remarque de la DREAL") for c in consultation.criteres.all()}
    analyse.noter(offre=offre, par=distribution.dreal, notes=notes, rendre=True)
    adresse = reverse("ateliers:offre", args=[consultation.atelier.slug, offre.pk])
    page = connecte("ddt").get(adresse).content.decode()
    assert "Remarque de la DREAL" not in page
    marche = reverse("ateliers:marche", args=[consultation.atelier.slug])

    def gestes():
        (ligne,) = connecte("ddt").get(marche).context["lignes"]
        return ligne.etat[0], ligne.peut_noter, ligne.peut_arreter

    assert gestes() == ("1\xa0analyse rendue sur 2", True, False)
    with pytest.raises(ElementsManquants):
        analyse.arreter_consensus(offre=offre, par=distribution.ddt, notes=notes)
    siennes = {cle: (4, "Remarque de la DDT") for cle in notes}
    analyse.noter(offre=offre, par=distribution.ddt, notes=siennes, rendre=True)
    assert "Remarque de la DREAL" in connecte("ddt").get(adresse).content.decode()
    assert gestes() == ("Note à arrêter", False, True)
    with pytest.raises(ErreurMetier, match="elle ne change plus"):
        analyse.noter(offre=offre, par=distribution.ddt, notes=notes)
    with pytest.raises(ActionInterdite):
        analyse.noter(offre=offre, par=distribution.dgaln, notes=notes)
    assert NoteOffre.objects.filter(fiche__in=Fiche.objects.filter(offre=offre)).count() == 4


def test_une_competence_qui_manque_se_confirme_et_se_motive(distribution, connecte):
    """The server asks, whatever the page showed; the reason goes to the report."""
    consultation = fabrique.faire_classee(distribution, notes=(4, 5), prix=("76543", "98765"))
    _, seconde = offres_de(consultation)
    cahier, _ = CahierDesCharges.objects.get_or_create(atelier=consultation.atelier)
    CompetenceDemandee.objects.create(cahier=cahier, discipline="ecologie", jours=8)
    adresse = reverse("ateliers:offre_retenir", args=[consultation.atelier.slug, seconde.pk])
    fiche = reverse("ateliers:offre", args=[consultation.atelier.slug, seconde.pk])
    page = connecte("ddt").get(fiche).text
    assert "<li>Écologie\u00a0: personne dans l’équipe</li>" in page
    saisie = {"motif": "Une écologue rejoindra l’équipe."}
    refus = connecte("ddt").post(adresse, saisie, follow=True)
    assert "Il manque à cette équipe\u00a0: Écologie" in refus.text
    assert not Offre.objects.filter(retenue=True).exists()
    connecte("ddt").post(adresse, saisie | {"confirmer_competences": "on"})
    assert Offre.objects.get(retenue=True) == seconde
    (rapport,) = Document.objects.all()
    assert rapport.contexte["motif"] == ["Une écologue rejoindra l’équipe."]


def test_l_equipe_retenue_et_les_lettres_sans_le_prix_des_autres(distribution, connecte):
    consultation = fabrique.faire_classee(distribution, notes=(4, 5), prix=("76543", "98765"))
    premiere, seconde = offres_de(consultation)
    page = connecte("ddt").get(reverse("ateliers:marche", args=[consultation.atelier.slug]))
    assert (page.context["suite"], [x.peut_retenir for x in page.context["lignes"]]) == (
        "Retenir l’équipe classée première",
        [False, True],
    )
    # 64 + 20 against 80 + 15,50: the dearer one wins.
    with pytest.raises(ErreurMetier, match="classée première"):
        choix_equipe.retenir(offre=premiere, par=distribution.ddt, motif="Moins chère")
    choix_equipe.retenir(offre=seconde, par=distribution.ddt, motif="Première au classement")
    equipe = Equipe.objects.get(atelier=consultation.atelier)
    assert (equipe.mandataire.nom, equipe.discipline, equipe.jours) == (
        "Agence 2",
        "urbanisme",
        Decimal("12.5"),
    )
    assert list(equipe.membres.values_list("nom", "jours")) == [
        (fabrique.SECRETS[2], Decimal("8.0"))
    ]
    # The letters wait for their signatory and the remedies.
    (rapport,) = Document.objects.all()
    assert (rapport.cle, rapport.objet_id, rapport.etat) == (RAPPORT, str(consultation.pk), "pret")
    contexte, _ = geler(LETTRE_REJET, Offre.objects.get(pk=premiere.pk))
    assert [
        t for t in ("98\u202f765", "98\u00a0765", "98765", "95,50", "15,50") if t in str(contexte)
    ] == []
    assert (contexte["rang"], contexte["nombre"], contexte["total"], contexte["attributaire"]) == (
        "2",
        2,
        "84,00",
        "Agence 2",
    )
    assert [o["total"] for o in rapport.contexte["classees"]] == ["95,50", "84,00"]
    noms = [distribution.ddt.nom_complet, distribution.dreal.nom_complet]
    lue = rapport.contexte["classees"][0]
    assert (sorted(lue["analystes"]), [n["notes"] for n in lue["lignes_analystes"]]) == (
        sorted(noms),
        [["5", "5"]] * 2,
    )
    assert sorted(a["analyste"] for a in lue["appreciations"]) == sorted(noms)
    assert [len(a["remarques"]) for a in lue["appreciations"]] == [2, 2]
    assert "appreciations" not in contexte
    assert {n: visible_par(getattr(distribution, n), rapport) for n in distribution.noms} == {
        "dgaln": True,
        "ddt": True,
        "dreal": True,
        "collectivite": False,
        "equipe": False,
        "evaluateur": False,
        "ddt_autre": False,
        "collectivite_autre": False,
    }
    close = Consultation.objects.get(pk=consultation.pk)
    assert [(c["offre"], c["rang"], c["total"]) for c in close.classement] == [
        (seconde.pk, 1, "95.50"),
        (premiere.pk, 2, "84.00"),
    ]
    with pytest.raises(TransitionImpossible):
        choix_equipe.retenir(offre=premiere, par=distribution.ddt, motif="Encore")


def test_une_offre_ecartee_ne_compte_ni_pour_le_rang_ni_pour_le_plus_bas_prix(distribution):
    consultation = fabrique.faire_classee(distribution, notes=(5, 4), prix=("50000", "100000"))
    basse, haute = offres_de(consultation)
    analyse.ecarter(offre=basse, par=distribution.ddt, motif="Prix anormalement bas, non justifié.")
    haute.refresh_from_db()
    choix_equipe.retenir(offre=haute, par=distribution.ddt, motif="Seule recevable")
    contexte, _ = geler(LETTRE_RETENUE, Offre.objects.get(pk=haute.pk))
    assert (contexte["rang"], contexte["nombre"], contexte["points_prix"]) == ("1", 1, "20,00")
    ecart, _ = geler(LETTRE_REJET, Offre.objects.get(pk=basse.pk))
    assert (ecart["rang"], ecart["ecart"]) == ("", ["Prix anormalement bas, non justifié."])


def test_sans_suite_laisse_place_a_une_autre_consultation(distribution):
    consultation = fabrique.faire_recueil(distribution)
    offre = fabrique.recevoir(distribution, consultation)
    choix_equipe.abandonner(
        atelier=consultation.atelier, par=distribution.ddt, motif="Une seule offre"
    )
    offre.refresh_from_db()
    assert (offre.mandataire, offre.ouverte_le) == ("", None)
    with fabrique.dans(days=11), pytest.raises(TransitionImpossible):
        offres.ouvrir(atelier=consultation.atelier, par=distribution.ddt, avec="Paul Vasseur")
    suivante = reglement.regler(
        atelier=consultation.atelier,
        par=distribution.ddt,
        criteres=fabrique.CRITERES,
        poids_prix=20,
        formule="lineaire",
        departage="prix",
        ouverture_le=consultation.ouverture_le,
    )
    assert suivante.pk != consultation.pk


def test_un_flash_se_passe_de_consultation(distribution):
    atelier = poses.faire_atelier(distribution)
    type(atelier).objects.filter(pk=atelier.pk).update(dispositif="flash", etat="cadrage")
    with pytest.raises(ErreurMetier, match="un ou deux bons de commande suffisent"):
        reglement.fixer(atelier=atelier, par=distribution.ddt)


def test_les_competences_qui_manquent_sont_nommees(distribution):
    attendues = [("urbanisme", 30), ("paysage", 20), ("ecologie", 8), ("design", 5)]
    apports = [("urbanisme", Decimal(30)), ("paysage", Decimal("12.5")), ("design", None)]
    assert [c.manque for c in couverture(attendues, apports)] == [
        "",
        "Paysage : 12,5\u00a0jours sur 20\u00a0jours demandés",
        "Écologie : personne dans l’équipe",
        "Design et graphisme : jours non indiqués, 5\u00a0jours demandés",
    ]
    atelier = poses.faire_atelier(distribution)
    cahier = CahierDesCharges.objects.create(atelier=atelier)
    CompetenceDemandee.objects.create(cahier=cahier, discipline="ecologie", jours=8)
    assert couverture_equipe(None, demandees(atelier)) == []
    equipe = Equipe.objects.create(
        atelier=atelier, mandataire=distribution.equipe.organisme, discipline="urbanisme"
    )
    assert [c.manque for c in couverture_equipe(equipe, demandees(atelier))] == [
        "Écologie : personne dans l’équipe"
    ]


@pytest.mark.parametrize("nombre", [1, 3])
def test_la_page_se_lit_en_peu_de_requetes(
    distribution, connecte, nombre, django_assert_num_queries
):
    consultation = fabrique.faire_analyse(distribution, prix=("80000",) * nombre)
    for offre in offres_de(consultation):
        fabrique.noter(distribution, offre, 4)
    visiteur = connecte("dgaln")
    adresse = reverse("ateliers:marche", args=[consultation.atelier.slug])
    visiteur.get(adresse)
    with django_assert_num_queries(12):
        assert visiteur.get(adresse).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_deux_ouvertures_a_la_fois_n_en_font_qu_une(distribution):
    consultation = fabrique.faire_recueil(distribution)
    fabrique.recevoir(distribution, consultation)
    Consultation.objects.filter(pk=consultation.pk)
    with connection.cursor() as curseur:
        curseur.execute("ALTER TABLE ateliers_consultation DISABLE TRIGGER USER")
        curseur.execute(
            "UPDATE ateliers_consultation SET ouverture_le = now() - interval '1 second'"
        )
        curseur.execute("ALTER TABLE ateliers_consultation ENABLE TRIGGER USER")
    depart, issues = threading.Barrier(2), []
    pilote, atelier = distribution.ddt, consultation.atelier

    def ouvrir(avec):
        try:
            depart.wait(timeout=20)
            offres.ouvrir(atelier=atelier, par=pilote, avec=avec)
            issues.append("ouverte")
        except TransitionImpossible:
            issues.append("refusée")
        finally:
            connection.close()

    fils = [threading.Thread(target=ouvrir, args=[nom]) for nom in ("Paul Vasseur", "Luc Ternois")]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    close_old_connections()
    assert sorted(issues) == ["ouverte", "refusée"]
    assert Entree.objects.filter(action="marche.ouverture").count() == 1
    assert Offre.objects.get(consultation=consultation).mandataire == fabrique.SECRETS[0]
