"""What the page says of the order of the proposals, and of a length of time."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ateliers.calendrier.solveur import comparaison, couts
from ateliers.calendrier.solveur.phrases import duree
from ateliers.calendrier.solveur.probleme import Date, Ecart, Probleme, Proposition, Ressource
from ateliers.calendrier.solveur.resolution import _classees
from tests.ateliers.calendrier.exemples import LUNDI, SOMME, jour_entier, seance

QUAND = {"avril": (4, 19), "mai": (5, 10), "juillet": (7, 12)}
PROBLEME = Probleme(
    (seance("a", facultatives=("x",)), seance("b")),
    (Ressource("x", "X", indisponibilites=(jour_entier(LUNDI),)),),
    ecarts=(Ecart("a", "b", 1, 9, 3),),
    vacances="ignorer",
)


def le(probleme, a, b) -> Proposition:
    """« a » and « b » so many days after the first Monday."""
    dates = tuple(Date(cle, ((_a(jour, 9), _a(jour, 12)),)) for cle, jour in (("a", a), ("b", b)))
    return Proposition(dates, couts.total(probleme, dates))


def _a(jour, heure):
    return datetime.combine(LUNDI + timedelta(days=jour), time(heure), SOMME.zone)


def dites(*paires, probleme=PROBLEME):
    phrases = comparaison.classement(probleme, [le(probleme, *p) for p in paires])
    return [p.replace("\u00a0", " ") for p in phrases]


def test_chacun_dit_ce_qui_le_met_avant_ou_apres():
    assert dites((1, 4), (0, 3)) == [
        "Classé premier, 39 points devant le calendrier 2 : 1 absence de moins parmi les personnes "
        "souhaitées. Il compte pourtant : une fin 1 jour plus tard.",
        "Moins bon que le calendrier 1, de 39 points : 1 absence de plus parmi les personnes "
        "souhaitées. En revanche : une fin 1 jour plus tôt.",
    ]
    assert dites((1, 4), (1, 8))[1] == (
        "Moins bon que le calendrier 1, de 16 points : 4 jours de plus d’écart au total avec le "
        "rythme recommandé et une fin 4 jours plus tard."
    )


def test_une_egalite_est_dite_egale():
    poids = replace(PROBLEME.poids, ecart_par_jour=1)
    compense = replace(PROBLEME, poids=poids)
    phrase = "À égalité avec le calendrier {} : {}, mais {} ; l’un compense l’autre."
    rythme, tot = "1 jour {} d’écart au total avec le rythme recommandé", "une fin 1 jour {}"
    assert dites((2, 5), (2, 4), probleme=compense) == [
        phrase.format(2, tot.format("plus tard"), rythme.format("de moins")),
        phrase.format(1, rythme.format("de plus"), tot.format("plus tôt")),
    ]
    libres = replace(PROBLEME, ecarts=(Ecart("a", "b", 1, 9),))
    meme = (
        "À égalité avec le calendrier {} : tous les critères se valent, seules les dates changent."
    )
    assert dites((1, 4), (2, 4), probleme=libres) == [meme.format(2), meme.format(1)]
    assert dites((1, 4)) == [""]


def test_une_egalite_evite_l_ete_et_dit_ses_vacances():
    """Somme, zone B: spring holidays from 10 April 2027, summer from 3 July."""
    seule = Probleme((seance("a"), seance("b")), vacances="eviter")
    jours = {nom: (date(2027, *quand) - LUNDI).days for nom, quand in QUAND.items()}
    poids = replace(seule.poids, retard_par_jour=0)
    egal = replace(seule, poids=poids)
    ete, printemps = (le(egal, jours["mai"], jours[n]) for n in ("juillet", "avril"))
    assert (ete.cout, comparaison.en_vacances(egal, ete.dates)) == (60, (1, 1))
    assert _classees(egal, [ete, printemps]) == (printemps, ete)
    meme = "tous les critères se valent, seules les dates changent. 1 séance y tombe pendant les"
    assert [p.replace("\u00a0", " ") for p in comparaison.classement(egal, [printemps, ete])] == [
        f"À égalité avec le calendrier 2 : {meme} vacances scolaires.",
        f"À égalité avec le calendrier 1 : {meme} vacances d’été.",
    ]


def test_plusieurs_fins_s_additionnent():
    libres = replace(PROBLEME, ecarts=())
    assert (
        "10 jours gagnés au total sur les dernières séances"
        in dites((0, 3), (5, 8), probleme=libres)[0]
    )


def test_une_duree_se_dit_d_une_seule_facon():
    jours = {1: "1 jour", 13: "13 jours", 14: "2 semaines", 15: "2 semaines et 1 jour"}
    jours[310] = "44 semaines et 2 jours"
    assert {n: duree(n).replace("\u00a0", " ") for n in jours} == jours
