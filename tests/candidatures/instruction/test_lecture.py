"""The reading screen, the mask, the notes in the margin, what is saved as it is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidatures.instruction.domaine import lecture, saisie
from candidatures.instruction.domaine.aveugle import lettre
from candidatures.instruction.domaine.masque import Jeton, fabriquer
from candidatures.instruction.domaine.plis import cle
from candidatures.instruction.domaine.progression import estimation, voisins
from candidatures.instruction.models import NoteMarge
from socle.erreurs import ActionInterdite, ConflitDeVersion, ErreurMetier
from tests.factories.candidatures import faire_appel
from tests.factories.comite import preparer_comite
from tests.factories.instruction import dater, faire_en_evaluation, faire_evaluateur, noter

NOM = st.text(st.sampled_from("ABÉaéèçœ-' "), min_size=4, max_size=12).filter(
    lambda n: len(cle(n)) > 3
)


@given(nom=NOM, avant=st.sampled_from(["", "À ", "près de "]), casse=st.booleans())
def test_un_nom_connu_disparait_quels_que_soient_casse_et_accents(nom, avant, casse):
    texte = f"{avant}{nom.upper() if casse else nom}, bourg."
    assert cle(nom) not in cle(fabriquer([Jeton(nom, "%")])(texte))


@given(texte=st.text(max_size=60))
def test_sans_nom_a_cacher_le_texte_reste(texte):
    propre = texte.replace("@", "").replace("www", "").replace("http", "")
    if not any(c.isdigit() for c in propre):
        assert fabriquer([])(propre) == propre


def test_le_masque_en_mots():
    masquer = fabriquer(
        [Jeton("Saint-Étienne", "T"), Jeton("CC du Grand Roye", "T"), Jeton("Eu", "T")], ["80"]
    )
    assert masquer("À ST ETIENNE et Grand-Roye : il a eu lieu à Eu, 80 500.") == (
        "À T et T : il a eu lieu à T, [code]."
    )
    assert masquer("mairie@roye.fr, 03 22 11 22 33, https://roye.fr/x") == (
        "[adresse], [téléphone], [lien]"
    )


def test_les_lettres_et_l_estimation():
    assert [lettre(i) for i in (0, 25, 26, 59)] == ["A", "Z", "AA", "BH"]
    assert [estimation([], n) for n in (0, 1, 4, 26)] == [
        "",
        "environ 30 min",
        "environ 1 h 45",
        "environ 10 h 45",
    ]


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.data())
def test_de_suivant_en_suivant_tout_se_lit_une_fois(deposees, donnee):
    etats = {f"CAN-{rang}": deposee for rang, deposee in enumerate(deposees)}
    ici, lues = donnee.draw(st.sampled_from(sorted(etats))), []
    while ici is not None and not etats[ici]:
        lues.append(ici)
        suivante = voisins(list(etats.items()), ici)[1]
        etats[ici] = True
        assert suivante is None or not etats[suivante]
        ici = suivante
    assert len(lues) == len(set(lues))
    if lues:
        assert all(etats.values())


def test_les_voisins_d_un_dossier():
    pile = [("A", True), ("B", False), ("C", True), ("D", False)]
    assert [voisins(pile, r) for r, _ in pile] == [
        (None, "B"), ("A", "D"), ("B", "D"), ("C", "B"),
    ]  # fmt: skip
    assert voisins(pile, "Z") == (None, "B")
    relue = [("A", True), ("B", True)]
    assert [voisins(relue, r) for r, _ in relue] == [(None, "B"), ("A", None)]


def test_suivant_mene_a_ce_qui_reste_a_lire_puis_a_un_autre_appel(distribution):
    par, appel = distribution.evaluateur, faire_appel(distribution)
    un, deux, trois = (faire_en_evaluation(distribution, appel=appel) for _ in range(3))
    autre = faire_en_evaluation(distribution)
    noter(deux, par, (1, 2, 3))

    def lue(candidature):
        p = lecture.progression(par, lecture.lire(par, lecture.trouver(par, candidature.reference)))
        return p.precedente, p.suivante, p.deposees, p.total

    assert lue(un) == (None, trois.reference, 1, 3)
    assert lue(trois) == (deux.reference, un.reference, 1, 3)
    noter(un, par, (1, 2, 3))
    assert lue(trois) == (deux.reference, autre.reference, 2, 3)
    assert lue(autre) == (None, trois.reference, 0, 1)


def test_chaque_champ_s_enregistre_sous_sa_revision(distribution):
    candidature = faire_en_evaluation(distribution)
    confiee, par = candidature.evaluations.get(), distribution.evaluateur
    critere = candidature.appel.grille.criteres.first().pk

    def envoyer(champ, valeur, revision):
        return saisie.enregistrer_champ(
            evaluation=confiee, champ=champ, valeur=valeur, revision=revision, par=par
        )

    assert envoyer(f"note.{critere}", "4", 0) == 1
    assert envoyer(f"remarque.{critere}", "Clair.", 0) == 1
    assert envoyer("synthese", "Bien.", 0) == 1
    with pytest.raises(ConflitDeVersion) as conflit:
        envoyer(f"note.{critere}", "2", 0)
    assert (conflit.value.actuel.valeur, conflit.value.actuel.revision) == ("4", 1)
    for champ, valeur in ((f"note.{critere}", "6"), ("note.999999", "1"), ("autre", "x")):
        with pytest.raises(ErreurMetier):
            envoyer(champ, valeur, 1)
    ligne = confiee.notes.get()
    assert (ligne.note, ligne.remarque) == (4, "Clair.")


def test_une_note_en_marge_est_personnelle_ou_partagee(distribution):
    candidature = faire_en_evaluation(distribution)
    commun = {"candidature": candidature, "ancre": "objet", "par": distribution.evaluateur}
    saisie.annoter(texte="À revoir.", revision=0, **commun)
    lues = saisie.notes_lues(distribution.dgaln, candidature, partagees=True)
    assert lues["objet"]["autres"] == []
    saisie.annoter(partagee=True, revision=0, **commun)
    lues = saisie.notes_lues(distribution.dgaln, candidature, partagees=True)
    assert [n.texte for n in lues["objet"]["autres"]] == ["À revoir."]
    with pytest.raises(ConflitDeVersion):
        saisie.annoter(texte="Autre.", revision=0, **commun)
    with pytest.raises(ActionInterdite):
        saisie.annoter(
            candidature=candidature, ancre="objet", par=distribution.ddt, texte="x", revision=0
        )
    assert NoteMarge.objects.count() == 1


def test_un_agent_qui_evalue_donne_son_avis_avant_de_lire_les_autres(distribution, connecte):
    candidature = faire_en_evaluation(
        distribution, evaluateurs=[distribution.evaluateur, distribution.dgaln]
    )
    noter(candidature, distribution.evaluateur, (1, 2, 3), remarque="secret-7", synthese="secret-7")
    saisie.annoter(
        candidature=candidature,
        ancre="objet",
        par=distribution.evaluateur,
        texte="secret-7",
        partagee=True,
        revision=0,
    )
    visiteur = connecte("dgaln")
    pages = [
        f"/candidatures/{candidature.reference}/instruction/",
        f"/candidatures/{candidature.reference}/lire/",
        f"/candidatures/{candidature.reference}/decision/preparer/",
        f"/candidatures/comparer/?c={candidature.reference}",
        f"/instruction/?appel={candidature.appel.slug}",
    ]
    comite = preparer_comite(distribution, candidature.appel)
    deliberer = f"/instruction/comite/{comite.pk}/deliberations/{candidature.reference}/"
    pages.append(deliberer)
    for page in pages:
        texte = visiteur.get(page).content.decode()
        assert (page, "secret-7" in texte, "Moyenne pondérée" in texte) == (page, False, False)
    noter(candidature, distribution.dgaln, (4, 4, 4), synthese="mienne-8")
    for page in (*pages[:4], deliberer):
        texte = visiteur.get(page).content.decode()
        assert (page, "secret-7" in texte, "mienne-8" in texte) == (page, True, True)


def test_chaque_partie_lue_a_son_ancre_et_l_aveugle_ne_lit_pas_les_mots_des_autres(
    distribution, connecte
):
    candidature = faire_en_evaluation(
        distribution, evaluateurs=[distribution.evaluateur, distribution.dgaln]
    )
    commune = candidature.perimetre.communes.first().nom
    noter(candidature, distribution.dgaln, (4, 4, 4), synthese=f"dit-9, {commune}")
    noter(candidature, distribution.evaluateur, (1, 2, 3), synthese="mienne-8")
    page = f"/candidatures/{candidature.reference}/lire/"
    texte = connecte("dgaln").get(page).content.decode()
    ids = re.findall(r' id="([^"]+)"', texte)
    assert sorted(ids) == sorted(set(ids))
    assert {"p-ressources", "p-ressources_propres", "marge-ressources_propres"} <= set(ids)
    dater(distribution, candidature.appel, aveugle=True, evaluation=(-1, 9))
    texte = connecte("evaluateur").get(page).content.decode()
    assert ("dit-9" in texte, "mienne-8" in texte, commune in texte) == (False, True, False)


@pytest.mark.parametrize("nombre", [1, 3])
def test_l_ecran_de_lecture_compte_ses_requetes(
    distribution, connecte, django_assert_max_num_queries, nombre
):
    appel = faire_appel(distribution)
    references = [
        faire_en_evaluation(distribution, appel=appel, titre=f"Dossier {i}").reference
        for i in range(nombre)
    ]
    for nom in ("evaluateur", "dgaln"):
        visiteur = connecte(nom)
        visiteur.get("/tableau-de-bord/")
        with django_assert_max_num_queries(12):
            assert visiteur.get(f"/candidatures/{references[0]}/lire/").status_code == 200


def test_une_piece_s_ouvre_dans_la_page_et_nulle_part_ailleurs(distribution, connecte):
    candidature = faire_en_evaluation(distribution)
    piece = candidature.pieces.first()
    reponse = connecte("evaluateur").get(
        f"/candidatures/{candidature.reference}/pieces/{piece.uuid}/?voir"
    )
    reponse.close()
    assert reponse["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in reponse["Content-Security-Policy"]


def test_comparer_se_ferme_a_qui_n_instruit_ni_n_evalue(distribution, connecte):
    confie = faire_en_evaluation(distribution)
    autre = faire_en_evaluation(
        distribution, titre="Ailleurs", evaluateurs=[faire_evaluateur(distribution, 4)]
    )
    page = "/candidatures/comparer/"
    for nom in ("ddt", "dreal", "collectivite", "equipe", "ddt_autre"):
        visiteur = connecte(nom)
        assert [visiteur.get(page).status_code, visiteur.get(f"{page}?c={autre}").status_code] == [
            403,
            403,
        ]
    evaluateur = connecte("evaluateur")
    statuts = {
        reference: evaluateur.get(page, {"c": reference}).status_code
        for reference in (confie.reference, autre.reference, "INCONNUE")
    }
    assert list(statuts.values()) == [200, 404, 404]
    assert connecte("dgaln").get(page, {"c": autre.reference}).status_code == 200
