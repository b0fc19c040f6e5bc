"""Before a contract is notified after a call: the standstill, and the acte d’engagement signed.

Eleven days run between the letters to the unsuccessful and the signature in a formal procedure
(article R. 2182-1 of the code de la commande publique), sixteen when one was posted. Whether the
procedure is formal is known on PLACE alone: the pilot confirms.
"""

from __future__ import annotations

from datetime import date, timedelta

from ateliers.cadrage.choix_declare import acte_signe, choix_declare
from socle.erreurs import confirmer
from socle.interface.templatetags.interface import date_courte

CLE = "notification"
DELAI = timedelta(days=11)
SOURCE = "article R. 2182-1 du code de la commande publique"


def alertes(contrat, jour: date) -> list[str]:
    """What the pilot should know before notifying on this day; empty when all is in order."""
    atelier = contrat.atelier
    if not atelier.dispositif.avec_appel_equipes:
        return []
    phrases = [phrase_delai(choix_declare(atelier), jour)]
    if not acte_signe(contrat):
        phrases.append(
            "L’acte d’engagement signé n’est pas joint au contrat : joignez-le à la page "
            "« Contrats et budget », ou confirmez qu’il est signé et conservé ailleurs."
        )
    return [phrase for phrase in phrases if phrase]


def phrase_delai(choix, jour: date) -> str:
    """What the calendar of the letters has to say of this day, or nothing."""
    autres, parties_le = choix.lettres() if choix else (0, None)
    if not autres:
        return ""
    regle = (
        f"En procédure formalisée, onze jours séparent leur envoi de la signature ({SOURCE}), "
        "seize si une lettre est postée ; en procédure adaptée, ce délai n’est dû que si vos "
        "lettres l’annoncent."
    )
    if parties_le is None:
        return f"Les lettres aux candidats non retenus ne sont pas parties. {regle}"
    if jour < parties_le + DELAI:
        return (
            f"Les lettres aux candidats non retenus sont parties le {date_courte(parties_le)}. "
            f"{regle} Attendez le {date_courte(parties_le + DELAI)}, ou confirmez."
        )
    return ""


def verifier(contrat, jour: date, confirmes) -> None:
    if phrases := alertes(contrat, jour):
        confirmer(CLE, " ".join(phrases), confirmes)
