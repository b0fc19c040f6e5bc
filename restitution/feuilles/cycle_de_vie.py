"""The life of a feuille de route.

The team, the pilot and the collectivité write it together. The COTECH or COPIL validates it
technically; the collectivité approves it by a délibération; both sides sign and it becomes
official at the restitution; then it is published and followed up. A validated text may be taken
back to the draft, with a reason, as long as nobody has approved it.
"""

from restitution.feuilles.choix import EtatFeuille
from socle.transitions import Cycle, Transition

E = EtatFeuille
CYCLE = Cycle(
    "la feuille de route",
    [
        Transition("valider_techniquement", (E.BROUILLON,), E.VALIDEE, "Valider techniquement"),
        Transition("rouvrir", (E.VALIDEE,), E.BROUILLON, "Rouvrir l’écriture", motif_requis=True),
        Transition("approuver", (E.VALIDEE, E.APPROUVEE), E.APPROUVEE, "Approuver"),
        Transition("officialiser", (E.APPROUVEE,), E.OFFICIALISEE, "Officialiser"),
        Transition("publier", (E.OFFICIALISEE,), E.PUBLIEE, "Publier"),
    ],
)
