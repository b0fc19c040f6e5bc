"""Mass mails held together, and the digest."""

from datetime import date

import pytest

from candidatures.dossiers.domaine.depot import deposer as deposer_candidature
from socle.courriels import domaine, lots, resume
from socle.courriels.choix import EtatCourriel as E
from socle.courriels.models import Courriel
from socle.erreurs import ActionInterdite, TransitionImpossible
from tests.factories.candidatures import faire_brouillon, remplir

MARDI, LUNDI = date(2026, 3, 3), date(2026, 3, 2)


def ecrire(distribution, lot=None, qui=("ddt", "dreal"), **options):
    return domaine.deposer(
        "export_pret",
        a=[getattr(distribution, nom) for nom in qui],
        contexte={
            "export": {"titre": "Essai", "expire_le": LUNDI},
            "lien": "https://exemple.test/x",
        },
        par=distribution.dgaln,
        lot=lot,
        **options,
    )


def test_un_lot_se_relit_se_corrige_puis_part(distribution, connecte):
    lot = lots.ouvrir_lot("essai", titre="Un envoi", par=distribution.dgaln)
    premier, second = ecrire(distribution, lot)
    assert {premier.etat, second.etat} == {E.RETENU}
    dgaln = connecte("dgaln")
    page = dgaln.get(lot.get_absolute_url())
    assert page.context["retenus"] == 2
    dgaln.post(f"/courriels/{premier.pk}/corriger/", {"sujet": "Corrigé", "corps": "Bonjour"})
    with pytest.raises(TransitionImpossible):
        domaine.liberer(premier, par=distribution.dgaln)
    domaine.annuler(second, par=distribution.dgaln)
    dgaln.post(f"{lot.get_absolute_url()}envoyer/")
    etats = dict(Courriel.objects.values_list("sujet", "etat"))
    assert etats["Corrigé"] == E.ENVOYE
    second.refresh_from_db()
    assert second.etat == E.ANNULE
    with pytest.raises(TransitionImpossible):
        lots.annuler_lot(lot=lot, par=distribution.dgaln)
    with pytest.raises(TransitionImpossible):
        lots.corriger(courriel=premier, sujet="x", corps="y", par=distribution.dgaln)


def test_un_lot_abandonne_ne_part_pas(distribution):
    lot = lots.ouvrir_lot("essai", titre="Un envoi", par=distribution.dgaln)
    ecrire(distribution, lot)
    with pytest.raises(ActionInterdite):
        lots.envoyer_lot(lot=lot, par=distribution.ddt)
    lots.annuler_lot(lot=lot, par=distribution.dgaln)
    assert set(Courriel.objects.values_list("etat", flat=True)) == {E.ANNULE}
    with pytest.raises(TransitionImpossible):
        lots.envoyer_lot(lot=lot, par=distribution.dgaln)


@pytest.mark.parametrize("nombre", [1, 3])
def test_un_lot_coute_autant_avec_un_ou_trois_courriels(
    distribution, connecte, nombre, django_assert_num_queries
):
    lot = lots.ouvrir_lot("essai", titre="Un envoi", par=distribution.dgaln)
    ecrire(distribution, lot, ("ddt", "dreal", "collectivite")[:nombre])
    client = connecte("dgaln")
    with django_assert_num_queries(6):
        client.get(lot.get_absolute_url())


def test_le_resume_rassemble_par_dossier(distribution):
    resume.choisir_rythme(utilisateur=distribution.ddt, rythme="quotidien")
    resume.choisir_rythme(utilisateur=distribution.dreal, rythme="hebdomadaire")
    ecrire(distribution, qui=("ddt", "dreal", "collectivite"))
    ecrire(distribution, qui=("ddt",), urgent=True)
    assert sorted(Courriel.objects.values_list("destinataire", "etat")) == [
        (distribution.collectivite.email, E.ENVOYE),
        (distribution.ddt.email, E.A_GROUPER),
        (distribution.ddt.email, E.ENVOYE),
        (distribution.dreal.email, E.A_GROUPER),
    ]
    assert resume.resumer_tout(jour=MARDI) == 1
    assert resume.resumer_tout(jour=MARDI) == 0
    lettre = Courriel.objects.get(cle="resume")
    assert lettre.destinataire == distribution.ddt.email
    assert "Votre export est prêt : Essai" in lettre.corps
    assert "https://exemple.test/x" in lettre.corps
    assert resume.resumer_tout(jour=LUNDI) == 1
    assert Courriel.objects.filter(etat=E.A_GROUPER).count() == 0


def test_le_resume_nomme_la_candidature(distribution):
    resume.choisir_rythme(utilisateur=distribution.dgaln, rythme="quotidien")
    candidature = faire_brouillon(distribution, titre="Le marais")
    remplir(candidature, distribution.ddt)
    deposer_candidature(candidature=candidature, par=distribution.ddt)
    resume.resumer_tout(jour=MARDI)
    lettre = Courriel.objects.get(cle="resume")
    assert f"{candidature.reference} Le marais" in lettre.corps


def test_chacun_choisit_son_rythme(distribution, connecte):
    client = connecte("collectivite")
    assert client.get("/mes-courriels/").context["form"]["rythme"].value() == "immediat"
    client.post("/mes-courriels/", {"rythme": "hebdomadaire"})
    assert resume.rythme_de(distribution.collectivite) == "hebdomadaire"
    assert resume.rythme_de(distribution.ddt) == "immediat"
