"""The screen: same number of queries for one row and for three, simulation marked."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidatures.instruction.choix import OrigineDeport
from candidatures.instruction.models import Deport
from tests.factories.comite import (
    clore_comite,
    deliberer,
    faire_comite,
    faire_comite_clos,
    ouvrir_comite,
)


@pytest.fixture
def dgaln(client, distribution):
    client.force_login(distribution.dgaln)
    return client


def adresse(nom, *args):
    return reverse(f"candidatures:{nom}", args=args)


@pytest.mark.parametrize("nombre", [1, 3])
def test_requetes_de_l_ecran(dgaln, distribution, django_assert_num_queries, nombre):
    comite, _ = faire_comite(distribution, notes=((3, 3, 3),) * nombre)
    dgaln.get(adresse("comite", comite.pk))
    with django_assert_num_queries(12):
        reponse = dgaln.get(adresse("comite", comite.pk))
    assert reponse.content.decode().count('class="comite-ligne"') == nombre
    with django_assert_num_queries(12):
        reponse = dgaln.get(adresse("comite_deliberations", comite.pk))
    assert reponse.content.decode().count('class="ligne-objet"') == nombre


def test_la_simulation_se_dit_et_n_ecrit_rien(dgaln, distribution):
    comite, (a, b, c) = faire_comite(distribution)
    page = adresse("comite", comite.pk)
    assert "comite-simulation" not in dgaln.get(page).content.decode()
    simulee = dgaln.get(f"{page}?places=2&reserve=0&dessus={c.pk}")
    assert "comite-simulation" in simulee.content.decode()
    assert [r.cle for r in simulee.context["t"].retenues] == [a.pk, c.pk]
    assert dgaln.get(f"{page}?dessus=a.b").status_code == 200
    nuls = "".join(f"&poids_{k.pk}=0" for k in comite.appel.grille.criteres.all())
    for faux, fautes in (
        ("?places=x", ["places"]),
        ("?places=-3&budget=&reserve=²", ["places", "reserve"]),
        (f"?places=1{nuls}", [nuls.split("=")[0][1:]]),
    ):
        lue = dgaln.get(page + faux)
        texte = lue.content.decode()
        assert (list(lue.context["fautes"]), texte.count("fr-error-text")) == (fautes, len(fautes))
        assert "La simulation n’est pas faite" in texte
        assert [r.cle for r in lue.context["t"].retenues] == [a.pk]
    dgaln.post(
        adresse("comite_garder", comite.pk),
        {"nom": "Deux places", "requete": f"places=2&reserve=0&dessus={c.pk}"},
    )
    scenario = comite.scenarios.get()
    assert (scenario.nom, scenario.plafond_places, scenario.reglages["dessus"]) == (
        "Deux places",
        2,
        [c.pk],
    )
    comite.refresh_from_db()
    assert comite.plafond_places == 1
    del b


def test_deliberer_par_le_formulaire(dgaln, distribution):
    """One after the other, then back to the list; no casting vote is kept where none was needed."""
    comite, (a, b, c) = faire_comite(distribution)
    comite = ouvrir_comite(distribution, comite)
    votes = {f"vote_{m.pk}": "pour" for m in comite.membres.all()} | {"preponderante": "on"}
    liste = adresse("comite_deliberations", comite.pk)
    assert dgaln.get(liste).context["prochain"].cle == a.pk
    for dossier, proposition, suite in (
        (a, "retenir", adresse("comite_deliberer", comite.pk, b.reference)),
        (b, "reserve", adresse("comite_deliberer", comite.pk, c.reference)),
        (c, "ne_pas_retenir", liste),
    ):
        page = adresse("comite_deliberer", comite.pk, dossier.reference)
        revision = dgaln.get(page).context["form"]["revision"].value()
        envoi = votes | {"proposition": proposition, "revision": revision}
        assert dgaln.post(page, envoi).headers["Location"] == suite
    acte = comite.deliberations.get(candidature=a)
    assert (acte.pour, acte.preponderante) == (3, False)
    assert dgaln.get(liste).context["prochain"] is None


def test_un_vote_rejete_n_efface_pas_une_deliberation_adoptee(dgaln, distribution):
    """Two tabs: the stale one conflicts whatever its outcome, the fresh one keeps what it ends."""
    comite, (a, b, _c) = faire_comite(distribution)
    comite = ouvrir_comite(distribution, comite)
    comite.deliberations.filter(candidature=a).delete()  # as before any scenario
    page = adresse("comite_deliberer", comite.pk, a.reference)
    perimee = dgaln.get(page).context["form"]["revision"].value()
    membres = list(comite.membres.all())
    pour = {f"vote_{m.pk}": "pour" for m in membres}
    dits = {"motif": "Un projet mûr.", "dissidence": "Trop cher.", "revision": perimee}
    assert dgaln.post(page, pour | dits | {"proposition": "retenir"}).status_code == 302
    contre = {f"vote_{m.pk}": "contre" for m in membres} | {"proposition": "ne_pas_retenir"}
    conflit = dgaln.post(page, contre | {"revision": perimee})
    texte = conflit.content.decode()
    assert (conflit.status_code, "False" in texte, "par vous" in texte) == (409, False, True)
    assert {d["stockee"] for d in conflit.context["divergences"]} == {
        "Retenir",
        "Pour",
        "Un projet mûr.",
        "Trop cher.",
    }
    acte = comite.deliberations.get(candidature=a)
    assert (acte.pour, acte.motif, comite.rejets.count()) == (3, "Un projet mûr.", 0)
    fraiche = contre | {"revision": acte.revision}
    (demandee,) = dgaln.post(page, fraiche).context["form"].confirmations
    assert (demandee["nom"], comite.rejets.count()) == ("confirmer_rapporter", 0)
    assert dgaln.post(page, fraiche | {"confirmer_rapporter": "on"}).status_code == 302
    rejet = comite.rejets.get()
    assert (rejet.rapportee["motif"], len(rejet.rapportee["votes"])) == ("Un projet mûr.", 3)
    assert "Délibération rapportée" in dgaln.get(page).content.decode()
    # Beyond the ceiling, beyond the reserve: asked first, then said in the minutes.
    deliberer(distribution, comite, a)
    page = adresse("comite_deliberer", comite.pk, b.reference)
    envoi = pour | {"revision": comite.deliberations.get(candidature=b).revision}
    reserve = dgaln.post(page, envoi | {"proposition": "reserve", "rang_reserve": "4"})
    (demandee,) = reserve.context["form"].confirmations
    assert "1 place : ce dossier y aurait le rang 4" in demandee["phrase"].replace("\u00a0", " ")
    (demandee,) = dgaln.post(page, envoi | {"proposition": "retenir"}).context["form"].confirmations
    assert "2 retenues pour 1 place" in demandee["phrase"].replace("\u00a0", " ")
    assert (
        dgaln.post(page, envoi | {"proposition": "retenir", "confirmer_plafond": "on"}).status_code
        == 302
    )
    ici = dgaln.get(adresse("comite_deliberations", comite.pk)).content.decode()
    assert "2 retenues pour 1 place" in ici.replace("\u00a0", " ")
    clore_comite(distribution, comite)
    pv = dgaln.get(adresse("comite_pv", comite.pk)).content.decode().replace("\u00a0", " ")
    assert pv.count("2 retenues pour 1 place") == 1
    assert pv.count("Délibération rapportée par ce vote") == 1
    assert pv.count("Un projet mûr.") == 1


def test_le_pv_se_lit_en_page(dgaln, distribution):
    comite, (a, *_) = faire_comite_clos(distribution)
    texte = dgaln.get(adresse("comite_pv", comite.pk)).content.decode()
    assert comite.pv_sha256 in texte
    assert a.titre in texte


def test_un_agent_deporte_ne_lit_ni_la_rangee_ni_le_proces_verbal(dgaln, distribution):
    comite, (a, b, _c) = faire_comite_clos(distribution)
    Deport.objects.create(
        candidature=a,
        personne=distribution.dgaln,
        origine=OrigineDeport.DECLARE,
        motif="Mandat",
        le=timezone.now(),
    )
    page = dgaln.get(adresse("comite", comite.pk)).content.decode()
    assert (a.titre in page, a.reference in page, b.titre in page) == (False, False, True)
    assert "Dossier fermé par votre déport" in page
    assert a.titre not in dgaln.get(adresse("comite_deliberations", comite.pk)).content.decode()
    assert dgaln.get(adresse("comite_pv", comite.pk)).status_code == 404
    assert dgaln.get(adresse("comite_deliberer", comite.pk, a.reference)).status_code in (403, 404)
