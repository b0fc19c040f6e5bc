"""No name in the details: the journal can't be erased, a participant can ask to be."""

from socle.journal.catalogue import declarer

AJOUTE = declarer("participant.ajoute", "a ajouté un participant au collège « {college} »")
IMPORTES = declarer(
    "participant.importes", "a importé des participants : {ajoutes} ajoutés, {corriges} corrigés"
)
MODIFIE = declarer("participant.modifie", "a corrigé la fiche d’un participant")
RETIRE = declarer("participant.retire", "a retiré un participant")
INVITES = declarer("invitation.ajoutee", "a ajouté {nombre:invité} à « {seance} »")
DESINVITE = declarer("invitation.retiree", "a retiré un invité {seance:de_cite}")
CONVOQUES = declarer(
    "invitation.convoques", "a envoyé la convocation à « {seance} » à {nombre:invité}"
)
REPONDU = declarer("invitation.repondu", "a reçu la réponse d’un participant : {reponse}")
PREVENUS = declarer(
    "invitation.prevenus", "a prévenu {nombre:invité} de l’annulation {seance:de_cite}"
)
DELEGUEE = declarer("invitation.deleguee", "a reçu le nom d’un délégué : {genre}")
DELEGUE_EMPECHE = declarer(
    "invitation.delegue_empeche", "a appris qu’un délégué ne vient pas : {genre}"
)
DELEGATION_LEVEE = declarer("invitation.delegation_levee", "a levé une délégation {seance:de_cite}")
INDISPENSABLE = declarer(
    "invitation.indispensable", "a marqué la présence d’un invité à « {seance} » indispensable"
)
DISPENSABLE = declarer(
    "invitation.dispensable", "n’attend plus absolument un invité à « {seance} »"
)
TEXTES = declarer("convocation.textes", "a écrit la lettre de convocation à « {seance} »")
LETTRES = declarer(
    "convocation.lettres",
    "a préparé {nombre:lettre de convocation,lettres de convocation} à « {seance} »",
)
FEUILLE_JOINTE = declarer(
    "seance.feuille_jointe", "a joint la feuille d’émargement signée {seance:de_cite}"
)
# Kept for what the journal already holds.
POSTEES = declarer(
    "convocation.postees",
    "a posté {nombre:lettre de convocation,lettres de convocation} à « {seance} »",
)
POSTEES_LE = declarer(
    "convocation.postees_le",
    "a noté les lettres de convocation à « {seance} » postées le {jour} : {nombre}",
)
REMISES_LE = declarer(
    "convocation.remises_le",
    "a noté les convocations à « {seance} » remises en main propre le {jour} : {nombre}",
)
TABLES_TIREES = declarer("seance.tables_tirees", "a tiré {nombre:table} pour « {seance} »")
TABLES = declarer("seance.tables", "a changé les tables {seance:de_cite}")
ACCORD_DONNE = declarer("accord.donne", "a consigné un accord : {accord}")
ACCORD_RETIRE = declarer("accord.retire", "a consigné le retrait d’un accord : {accord}")
COORDONNEES = declarer("personne.coordonnees", "a complété les coordonnées d’un participant")
EMARGE = declarer(
    "invitation.emargee", "a tenu la feuille de présence {seance:de_cite} : {presents:présent}"
)
RAPPEL_ACCEPTE = declarer("rappel.accepte", "a reçu une demande de rappel par SMS")
RAPPEL_RETIRE = declarer("rappel.retire", "a reçu le retrait d’une demande de rappel par SMS")
