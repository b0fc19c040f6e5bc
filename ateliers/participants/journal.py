"""No name in the details: the journal can't be erased, a participant can ask to be."""

from socle.journal.catalogue import declarer

AJOUTE = declarer("participant.ajoute", "a ajouté un participant au collège « {college} »")
IMPORTES = declarer(
    "participant.importes", "a importé des participants : {ajoutes} ajoutés, {corriges} corrigés"
)
MODIFIE = declarer("participant.modifie", "a corrigé la fiche d’un participant")
RETIRE = declarer("participant.retire", "a retiré un participant")
INVITES = declarer("invitation.ajoutee", "a ajouté {nombre} invités à « {seance} »")
DESINVITE = declarer("invitation.retiree", "a retiré un invité de « {seance} »")
CONVOQUES = declarer(
    "invitation.convoques", "a envoyé la convocation à « {seance} » à {nombre} invités"
)
REPONDU = declarer("invitation.repondu", "a reçu la réponse d’un participant : {reponse}")
PREVENUS = declarer(
    "invitation.prevenus", "a prévenu {nombre} invités de l’annulation de « {seance} »"
)
EMARGE = declarer(
    "invitation.emargee", "a tenu la feuille de présence de « {seance} » : {presents} présents"
)
