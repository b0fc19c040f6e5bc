"""The mail says that a message waits, never what it says: the thread is read on the site."""

from candidatures.echanges.droits import destinataires
from socle.courriels.domaine import deposer, lien


def message_ecrit(message, par):
    candidature = message.candidature
    deposer(
        "echange_message",
        a=destinataires(candidature, message.fil, par),
        contexte={
            "candidature": candidature,
            "auteur": par.nom_complet,
            "fil": message.get_fil_display(),
            "lien": lien(message.get_absolute_url()),
        },
        objet=candidature,
        par=par,
    )
