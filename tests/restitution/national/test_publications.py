import pytest

from restitution.national.domaine import publications
from socle.erreurs import ActionInterdite, ElementsManquants, TransitionImpossible
from tests.factories import restitution as fabrique

pytestmark = pytest.mark.usefixtures("sans_pdf")


def noms(publication):
    return [c.atelier.nom for c in publication.chapitres.select_related("atelier")]


def test_les_carnets_s_ordonnent(distribution):
    ateliers = [fabrique.creer_atelier(distribution) for _ in range(3)]
    publication = fabrique.publication(distribution, ateliers=ateliers)
    dernier = publication.chapitres.get(atelier=ateliers[2])
    publications.deplacer_chapitre(chapitre=dernier, sens="monter", par=distribution.dgaln)
    assert noms(publication) == [ateliers[0].nom, ateliers[2].nom, ateliers[1].nom]
    premier = publication.chapitres.get(atelier=ateliers[0])
    publications.retirer_chapitre(chapitre=premier, par=distribution.dgaln)
    assert list(publication.chapitres.values_list("ordre", flat=True)) == [1, 2]


def test_une_publication_sans_carnet_ne_parait_pas(distribution):
    publication = fabrique.publication(distribution)
    with pytest.raises(ElementsManquants) as refus:
        publications.publier_publication(publication=publication, par=distribution.dgaln)
    assert [m.phrase for m in refus.value.manques] == ["Aucun carnet n’est choisi."]


def test_une_publication_en_ligne_ne_change_plus(distribution, sans_pdf):
    atelier = fabrique.creer_atelier(distribution)
    publication = fabrique.publication(distribution, ateliers=[atelier], publier=True)
    assert sans_pdf == [("publication", publication.pk)]
    with pytest.raises(TransitionImpossible):
        publications.ajouter_chapitre(
            publication=publication,
            atelier=fabrique.creer_atelier(distribution),
            par=distribution.dgaln,
        )


@pytest.mark.parametrize("role", ["ddt", "collectivite", "equipe", "evaluateur"])
def test_le_national_est_a_la_dgaln(distribution, role):
    with pytest.raises(ActionInterdite):
        publications.enregistrer_publication(titre="X", par=getattr(distribution, role))
