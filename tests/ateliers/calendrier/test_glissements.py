"""Slips: planned, actual, why; the median; the spreadsheet; and series dated in one act."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from ateliers.calendrier.domaine import vue
from ateliers.calendrier.domaine.glissements import bilan, ecart_dit, lignes_de
from ateliers.calendrier.exports import COLONNES, EXPORT
from ateliers.participants.domaine.series import ajouter_serie, jours_reguliers
from ateliers.seances.domaine import agenda
from ateliers.seances.models import Occupation, Seance
from socle.erreurs import ActionInterdite, ConfirmationRequise, ErreurMetier
from socle.exports.declaration import Demande
from tests.factories.participants import faire_seance

pytestmark = pytest.mark.django_db
MIDI = datetime(2027, 3, 3, 11, tzinfo=UTC)


def seance_au(distribution, jours=0, **champs):
    debut = MIDI + timedelta(days=jours)
    return faire_seance(
        distribution, debut_prevu=debut, fin_prevu=debut + timedelta(hours=2), **champs
    )


def reporter(distribution, seance, jours, motif="Crue"):
    seance.refresh_from_db()
    debut = seance.debut_prevu + timedelta(days=jours)
    return agenda.reporter(
        seance=seance,
        par=distribution.ddt,
        debut=debut,
        fin=debut + timedelta(hours=2),
        motif=motif,
    )


def lire(distribution):
    lu = vue.lire(distribution.dgaln, vue.Criteres())
    return lu, vue.glissements_de(lu.ateliers)


def test_deux_reports_d_une_seance_comptent_de_la_premiere_date_a_la_derniere(distribution):
    bouge, fixe = seance_au(distribution), seance_au(distribution)
    reporter(distribution, bouge, 10)
    reporter(distribution, bouge, 5, motif="Salle")
    lu, tous = lire(distribution)
    assert [(g.jours, g.motif, g.actuelle.isoformat()) for g in lignes_de(lu.seances, tous)] == [
        (10, "Crue", "2027-03-18"),
        (5, "Salle", "2027-03-18"),
    ]
    lignes = bilan(lu.ateliers, lu.seances, tous)
    assert [(b.atelier, b.reportees, b.reports, b.mediane, b.plus_fort) for b in lignes] == [
        (bouge.atelier, 1, 2, 15, 15),
        (fixe.atelier, 0, 0, None, None),
    ]


@pytest.mark.parametrize(
    ("jours", "phrase"),
    [
        (None, "–"),
        (0, "le même jour"),
        (1, "1\N{NO-BREAK SPACE}jour plus tard"),
        (-3, "3\N{NO-BREAK SPACE}jours plus tôt"),
        (2.5, "2,5 jours plus tard"),
    ],
)
def test_un_ecart_se_dit_en_francais(jours, phrase):
    assert ecart_dit(jours) == phrase


def test_la_page_du_programme_dit_la_mediane(distribution, connecte):
    for jours in (4, 20, 8):
        reporter(distribution, seance_au(distribution, rang=1), jours)
    page = connecte("dgaln").get(reverse("ateliers:glissements")).text
    assert "<strong>8\N{NO-BREAK SPACE}jours plus tard</strong>" in page
    assert page.count("<s>3\N{NO-BREAK SPACE}mars 2027</s>") == 3
    assert (
        "Aucune séance n’a changé de date."
        in connecte("ddt_autre").get(reverse("ateliers:glissements")).text
    )


@pytest.mark.parametrize("nombre", [1, 3])
def test_nombre_de_requetes(distribution, connecte, django_assert_num_queries, nombre):
    for _ in range(nombre):
        reporter(distribution, seance_au(distribution), 4)
    visiteur = connecte("dgaln")
    with django_assert_num_queries(6):
        visiteur.get(reverse("ateliers:glissements"))


def test_l_export_ne_contient_que_ce_que_l_on_voit(distribution):
    reporter(distribution, seance_au(distribution), 4)
    lignes = {}
    for role in ("ddt", "ddt_autre"):
        demande = Demande(getattr(distribution, role), "", colonnes=tuple(COLONNES))
        pks = EXPORT.objets(demande)
        demande = Demande(demande.utilisateur, "", colonnes=("seance", "jours"), objets=tuple(pks))
        (feuille,) = EXPORT.feuilles(demande)
        lignes[role] = (feuille.entetes, [list(ligne) for ligne in feuille.lignes])
    entetes = ["Séance", "Écart (jours)"]
    assert lignes == {"ddt": (entetes, [["Atelier 1", 4]]), "ddt_autre": (entetes, [])}


def serie(distribution, atelier, *jours, **options):
    dates = [(datetime(2027, 4, j, 14), datetime(2027, 4, j, 17)) for j in jours]
    return ajouter_serie(
        **{
            "atelier": atelier,
            "par": distribution.ddt,
            "genre": "inter_atelier",
            "titre": "Entretiens",
            "dates": dates,
            "apres": Seance.objects.get(atelier=atelier, genre="atelier"),
        }
        | options
    )


def test_une_serie_est_creee_et_datee_en_un_acte(distribution):
    atelier = seance_au(distribution).atelier
    creees = serie(distribution, atelier, 20, 6, 13, lieu="Mairie")
    assert [(s.titre, s.etat, s.debut.day, s.lieu, s.rang) for s in creees] == [
        ("Entretiens 1", "programmee", 6, "Mairie", 1),
        ("Entretiens 2", "programmee", 13, "Mairie", 1),
        ("Entretiens 3", "programmee", 20, "Mairie", 1),
    ]
    assert Occupation.objects.count() == 3


def test_une_serie_est_creee_entiere_ou_pas_du_tout(distribution):
    atelier = seance_au(distribution).atelier
    autre = seance_au(distribution, jours=41).atelier  # 13 April, same team
    Seance.objects.filter(atelier=autre).update(genre="copil", rang=None)
    from ateliers.seances.domaine.occupations import occuper

    occuper(Seance.objects.get(atelier=autre), par=distribution.ddt)
    with pytest.raises(ErreurMetier):
        serie(distribution, atelier, 6, 6)
    with pytest.raises(ErreurMetier):
        serie(distribution, atelier, 6)
    with pytest.raises(ActionInterdite):
        serie(distribution, atelier, 6, 20, par=distribution.equipe)
    with pytest.raises(ConfirmationRequise):
        serie(distribution, atelier, 6, 13)
    assert Seance.objects.filter(atelier=atelier).count() == 1
    assert len(serie(distribution, atelier, 6, 13, confirmes={"conflits"})) == 2


def test_la_serie_se_saisit_sur_une_page(distribution, connecte):
    atelier = seance_au(distribution).atelier
    page = reverse("ateliers:serie_nouvelle", args=[atelier.slug])
    donnees = {
        "genre": "inter_atelier",
        "titre": "Entretiens",
        "apres": Seance.objects.get().pk,
        "lieu": "Mairie",
    }
    for rang, jour in enumerate(("2027-04-06", "2027-04-13")):
        donnees |= {
            f"ligne{rang}_jour": jour,
            f"ligne{rang}_debut": "14:00",
            f"ligne{rang}_fin": "17:00",
        }
    assert connecte("ddt").post(page, donnees).status_code == 302
    assert Seance.objects.filter(genre="inter_atelier", etat="programmee").count() == 2


def test_un_rythme_saute_ses_exceptions():
    jours = jours_reguliers(
        premier=date(2027, 3, 2), semaines=3, nombre=4, sauf=[date(2027, 4, 13), date(2027, 4, 14)]
    )
    assert jours == [date(2027, 3, 2), date(2027, 3, 23), date(2027, 5, 4)]


def test_une_serie_par_rythme_depuis_la_page(distribution, connecte):
    seance = faire_seance(distribution, etat="tenue")
    page = reverse("ateliers:serie_nouvelle", args=[seance.atelier.slug])
    champs = {
        "genre": "copil",
        "titre": "Comité",
        "apres": seance.pk,
        "premier": "2027-03-02",
        "semaines": "3",
        "nombre": "4",
        "de": "14:00",
        "a": "16:00",
        "sauf": "32/13/2027",
    }
    ddt = connecte("ddt")
    assert "Écrivez chaque jour ainsi" in ddt.post(page, champs).text
    assert ddt.post(page, champs | {"sauf": "13/04/2027"}).status_code == 302
    creees = Seance.objects.filter(titre__startswith="Comité ").order_by("debut_prevu")
    assert [(s.titre, s.debut.date()) for s in creees] == [
        ("Comité 1", date(2027, 3, 2)),
        ("Comité 2", date(2027, 3, 23)),
        ("Comité 3", date(2027, 5, 4)),
    ]
