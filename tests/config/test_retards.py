"""What somebody else owes me and did not give is late, not forgotten."""

from datetime import timedelta

from django.utils import timezone

from config.views.tableau_de_bord import ranger
from socle.interface.taches import Tache


def tache(objet, jours):
    return Tache("Avis attendu", objet, "/", echeance=timezone.localdate() + timedelta(days=jours))


def test_une_echeance_depassee_chez_un_autre_est_en_retard():
    venir = [tache("hier", -1), tache("ce jour", 0), tache("loin", 40), tache("bientôt", 30)]
    lues = ranger([tache("à moi, passée", -3), tache("à moi", 3)], venir)
    assert {cle: [t.objet for t in taches] for cle, taches in lues.items()} == {
        "attente": ["à moi"],
        "retard": ["à moi, passée", "hier"],
        "venir": ["ce jour", "bientôt"],
    }
