"""Two authors on one field, in any order, answers lost: no word is lost, none comes back.

Each author follows the rules of `static/js/saisie-champ.js`: one text on the page, the last
revision heard of, what was sent without an answer, and « Reprendre les deux » when two texts meet.
"""

from __future__ import annotations

import threading
from collections import Counter
from difflib import SequenceMatcher

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from candidatures.dossiers.domaine.revisions import enregistrer_champ
from candidatures.dossiers.models import RevisionChamp
from socle.erreurs import ConflitDeVersion
from tests.factories.candidatures import faire_brouillon

CHAMP = "section.objet"


def gardees(base: list[str], texte: list[str]) -> dict[int, int]:
    """Rank in the base → rank in the text, of the lines that the text kept."""
    blocs = SequenceMatcher(None, base, texte, autojunk=False).get_matching_blocks()
    return {b.a + k: b.b + k for b in blocs for k in range(b.size)}


def reunir(a: list[str], b: list[str]) -> list[str]:
    lignes = []
    for _, i, j, x, y in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        lignes += a[i:j] if a[i:j] == b[x:y] else a[i:j] + b[x:y]
    return lignes


def fondre(base: str, autre: str, mien: str) -> str:
    """`static/js/saisie-fusion.js`: what either added, without what either removed."""
    o, a, b = ([x for x in t.split("\n") if x] for t in (base, autre, mien))
    dans_a, dans_b = gardees(o, a), gardees(o, b)
    lignes, i, j = [], 0, 0
    for rang in (*(r for r in range(len(o)) if r in dans_a and r in dans_b), None):
        x, y = (len(a), len(b)) if rang is None else (dans_a[rang], dans_b[rang])
        lignes += reunir(
            [t for k, t in enumerate(a[i:x], i) if k not in dans_a.values()],
            [t for k, t in enumerate(b[j:y], j) if k not in dans_b.values()],
        )
        lignes += [] if rang is None else [o[rang]]
        i, j = x + 1, y + 1
    return "\n".join(lignes)


class Page:
    """What one author has on the screen."""

    def __init__(self, candidature, par, vus):
        self.candidature, self.par, self.vus = candidature, par, vus
        self.texte, self.base, self.revision, self.rang = "", "", 0, 0
        self.mots, self.retires = [], []

    def taper(self):
        """A line that nobody else writes, at one end of the text or the other."""
        self.rang += 1
        mot = f"{self.par.pk}-{self.rang}"
        self.mots.append(mot)
        lignes = [x for x in self.texte.split("\n") if x]
        self.texte = "\n".join([mot, *lignes] if self.rang % 2 else [*lignes, mot])

    def retirer(self):
        """Take out the first line of the page, whoever wrote it."""
        premier, _, reste = self.texte.partition("\n")
        self.texte = reste
        self.retires += [premier] if premier else []

    def envoyer(self, *, perdue=False):
        try:
            nouvelle = enregistrer_champ(
                candidature=self.candidature,
                champ=CHAMP,
                valeur=self.texte,
                revision=self.revision,
                par=self.par,
            )
        except ConflitDeVersion as conflit:
            self.vus["conflits"] += 1
            self.vus["avec_soi"] += conflit.actuel.par_id == self.par.pk
            self.texte = fondre(self.base, conflit.actuel.valeur, self.texte)
            self.base, self.revision = conflit.actuel.valeur, conflit.actuel.revision
            return False
        if not perdue:
            self.base, self.revision = self.texte, nouvelle
        self.vus["perdues"] += perdue
        return True

    def finir(self):
        while not self.envoyer():
            pass


def verifier(candidature, pages):
    """Every word is in the text, and what was in force never came back to an older revision."""
    gardees = RevisionChamp.objects.filter(candidature=candidature, champ=CHAMP)
    rangs = list(gardees.order_by("revision").values_list("revision", flat=True))
    assert rangs == list(range(1, len(rangs) + 1))
    texte = candidature.sections.get(cle="objet").texte
    if rangs:
        assert texte == gardees.get(revision=rangs[-1]).valeur
    lignes = [x for x in texte.split("\n") if x]
    retires = {m for p in pages for m in p.retires}
    assert {m for p in pages for m in p.mots} - retires - set(lignes) == set()
    assert len(set(lignes)) == len(lignes)  # What nobody touched stays once.
    return retires & set(lignes)


AUTEURS = st.sampled_from([0, 1])
GESTES = st.lists(
    st.tuples(AUTEURS, st.sampled_from(["taper", "envoyer", "perdre", "retirer"])), max_size=20
)
CROISES = [(0, "taper"), (1, "taper"), (0, "envoyer"), (1, "envoyer"), (1, "envoyer")]
RETIREE = [
    (0, "taper"),
    (0, "envoyer"),
    (1, "envoyer"),
    (0, "retirer"),
    (0, "envoyer"),
    (1, "taper"),
]
PERDUE = [(0, "taper"), (0, "perdre"), (0, "taper"), (0, "envoyer"), (0, "envoyer")]


@pytest.mark.django_db
def test_aucun_entrelacement_de_deux_auteurs_ne_perd_un_mot(distribution):
    vus = Counter()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(gestes=GESTES)
    @example(gestes=CROISES)
    @example(gestes=PERDUE)
    @example(gestes=RETIREE)
    def entrelacer(gestes):
        candidature = faire_brouillon(distribution)
        auteurs = (distribution.ddt, distribution.collectivite)
        pages = [Page(candidature, par, vus) for par in auteurs]
        for qui, geste in gestes:
            if geste in ("taper", "retirer"):
                getattr(pages[qui], geste)()
            else:
                pages[qui].envoyer(perdue=geste == "perdre")
        for page in (*pages, pages[0]):
            page.finir()
        revenus = verifier(candidature, pages)
        # A line removed is gone for good, unless an answer was lost: then nobody knows who has it.
        assert not revenus or "perdre" in {geste for _, geste in gestes}
        vus["retires"] += sum(len(p.retires) for p in pages)
        vus["mots"] += sum(len(p.mots) for p in pages)

    entrelacer()
    # The rules above were put to the test, by the three examples at least.
    assert min(vus["conflits"], vus["avec_soi"], vus["perdues"], vus["retires"]) >= 1
    assert vus["mots"] >= 5


@pytest.mark.django_db(transaction=True)
def test_deux_auteurs_au_meme_instant_ne_perdent_aucun_mot(distribution):
    """The same with two connections: the lock of the candidature is what keeps them apart."""
    candidature, vus, fautes = faire_brouillon(distribution), Counter(), []
    pages = [Page(candidature, p, vus) for p in (distribution.ddt, distribution.collectivite)]
    depart = threading.Barrier(2)

    def ecrire(page):
        try:
            for _ in range(12):
                page.taper()
                depart.wait(timeout=30)
                page.finir()
        except Exception as faute:
            depart.abort()
            fautes.append(faute)
        finally:
            connection.close()

    fils = [threading.Thread(target=ecrire, args=(page,)) for page in pages]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    assert fautes == []
    verifier(candidature, pages)
    assert (len(pages[0].mots), len(pages[1].mots)) == (12, 12)
    assert vus["conflits"] >= 12
