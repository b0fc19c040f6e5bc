"""Execution of the contracts and of the budget: between State services."""

from socle.journal.catalogue import declarer

ORDRE = declarer("budget.ordre", "a émis l’ordre de service n° {numero}", confidentielle=True)
ECHEANCIER = declarer(
    "budget.echeancier", "a écrit l’échéancier du contrat {numero}", confidentielle=True
)
SERVICE_FAIT = declarer(
    "budget.service_fait", "a constaté le service fait {libelle:de_cite}", confidentielle=True
)
ENGAGEE = declarer("budget.engagee", "a engagé la dépense « {libelle} »", confidentielle=True)
FAITE = declarer("budget.faite", "a constaté la dépense « {libelle} »", confidentielle=True)
JOURS = declarer("equipe.jours", "a noté les jours de l’équipe à « {seance} »")
PIECE_SIGNEE = declarer("budget.piece_signee", "a joint signée : {piece}", confidentielle=True)
PIECE_NOTIFIEE = declarer(
    "budget.piece_notifiee", "a noté la notification : {piece}", confidentielle=True
)
