"""Before a contract is notified: its schedule; after a call, the standstill and the acte signed.

Eleven days run between the letters to the unsuccessful and the signature in a formal procedure
(article R. 2182-1 of the code de la commande publique), sixteen when one was posted. What the
letters announced binds the buyer. Otherwise, whether the procedure is formal is known on PLACE
alone: the pilot confirms.
"""

from __future__ import annotations

from datetime import date, timedelta

from ateliers.cadrage.choix_declare import Lettres, a_repartir, acte_signe, choix_declare
from socle.erreurs import ErreurMetier, confirmer
from socle.interface.templatetags.interface import date_courte, montant

DELAI = "notification_delai"
ACTE = "notification_acte"
REPARTITION = "notification_repartition"
JOURS = 11
SOURCE = "article R. 2182-1 du code de la commande publique"
REGLE = (
    f"En procédure formalisée, onze jours séparent leur envoi de la signature ({SOURCE}), seize si "
    "une lettre est postée ; en procédure adaptée, ce délai n’est dû que si vos lettres "
    "l’annoncent."
)
SANS_ACTE = (
    "L’acte d’engagement signé n’est pas joint au contrat : joignez-le à la page « Contrats et "
    "budget », ou confirmez qu’il est signé et conservé ailleurs."
)


def alertes(contrat, jour: date) -> list[str]:
    """What the pilot should know before notifying on this day; empty when all is in order."""
    lettres, phrases = _lettres(contrat), []
    if lettres is not None:
        phrases = [phrase_promise(lettres, jour) or phrase_delai(lettres, jour)]
        phrases.append("" if acte_signe(contrat) else SANS_ACTE)
    return [phrase for phrase in [*phrases, phrase_repartition(contrat)] if phrase]


def phrase_repartition(contrat) -> str:
    """A part of the amount that no milestone would pay; nothing where no schedule is written."""
    if not (reste := a_repartir(contrat)):
        return ""
    if reste < 0:
        return (
            f"L’échéancier dépasse de {montant(-reste)} le montant du contrat : corrigez-le à la "
            "page « Contrats et budget », ou confirmez qu’il sera corrigé après la notification."
        )
    return (
        f"{montant(reste)} restent à répartir dans l’échéancier : complétez-le à la page "
        "« Contrats et budget », ou confirmez que le reste sera réparti après la notification."
    )


def _lettres(contrat) -> Lettres | None:
    """None where no call was made: a flash has neither letters nor acte d’engagement."""
    if not contrat.atelier.dispositif.avec_appel_equipes:
        return None
    choix = choix_declare(contrat.atelier)
    return choix.lettres() if choix else Lettres()


def phrase_promise(lettres: Lettres, jour: date) -> str:
    """The days that the letters announced are not over; or nothing."""
    if not (lettres.nombre and lettres.parties_le and lettres.jours_annonces):
        return ""
    possible = lettres.parties_le + timedelta(days=lettres.jours_annonces)
    if jour >= possible:
        return ""
    annonces = {11: "onze", 16: "seize"}[lettres.jours_annonces]
    return (
        f"Vos lettres aux candidats non retenus, parties le {date_courte(lettres.parties_le)}, "
        f"annoncent {annonces} jours avant la signature : le contrat se notifie à partir du "
        f"{date_courte(possible)}."
    )


def phrase_delai(lettres: Lettres, jour: date) -> str:
    """What the calendar of the letters has to say of this day, or nothing."""
    if not lettres.nombre:
        return ""
    if lettres.parties_le is None:
        return f"Les lettres aux candidats non retenus ne sont pas parties. {REGLE}"
    possible = lettres.parties_le + timedelta(days=JOURS)
    if jour < possible:
        return (
            f"Les lettres aux candidats non retenus sont parties le "
            f"{date_courte(lettres.parties_le)}. {REGLE} Attendez le {date_courte(possible)}, ou "
            "confirmez."
        )
    return ""


def verifier(contrat, jour: date, confirmes) -> None:
    """Refuse a day before the one announced; ask what only the pilot knows."""
    if phrase := phrase_repartition(contrat):
        confirmer(REPARTITION, phrase, confirmes)
    lettres = _lettres(contrat)
    if lettres is None:
        return
    if phrase := phrase_promise(lettres, jour):
        raise ErreurMetier(phrase, champ="notifie_le")
    if phrase := phrase_delai(lettres, jour):
        confirmer(DELAI, phrase, confirmes)
    if not acte_signe(contrat):
        confirmer(ACTE, SANS_ACTE, confirmes)
