"""What the pages read: three queries for the whole grid, whatever its size."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from ateliers.participants.domaine.requetes import a_joindre_autrement
from ateliers.seances.choix import EtatSeance
from ateliers.seances.domaine.conflits import PREVUES
from ateliers.sondages.choix import EtatSondage
from ateliers.sondages.domaine.classement import Repondant, classer
from ateliers.sondages.models import Creneau, ReponseCreneau, Sonde
from ateliers.sondages.moments import plage
from candidatures.dispositifs.choix import College
from socle.territoires.texte import plier


def quorums_dits(sondage) -> dict[str, int]:
    return {c: int(n) for c, n in sondage.quorums.items() if c in College.values and int(n) > 0}


def sondes_de(sondage) -> list[Sonde]:
    """By name, whether they take part in the atelier or answer for the team or a service."""
    sondes = Sonde.objects.filter(sondage=sondage).select_related("participant", "compte")
    return sorted(sondes.order_by(), key=lambda s: (plier(s.qui.nom), plier(s.qui.prenom), s.pk))


def repondants_de(sondage, sondes=None) -> list[Repondant]:
    """One per person asked, in the order of the names."""
    sondes = sondes_de(sondage) if sondes is None else sondes
    choix = defaultdict(dict)
    votes = ReponseCreneau.objects.filter(sonde__sondage=sondage).order_by()
    for sonde, creneau, valeur in votes.values_list("sonde_id", "creneau_id", "choix"):
        choix[sonde][creneau] = valeur
    return [
        Repondant(
            nom=s.qui.nom_complet,
            college=s.college,
            obligatoire=s.obligatoire,
            choix=choix[s.pk],
        )
        for s in sondes
    ]


def grille(sondage) -> dict:
    """People × créneaux, best créneaux first beside it."""
    sondes = sondes_de(sondage)
    repondants = repondants_de(sondage, sondes)
    creneaux = list(sondage.creneaux.all())
    zone, maintenant = sondage.seance.zone, timezone.now()
    plages = {c.pk: plage(c, zone) for c in creneaux}
    passes = {c.pk for c in creneaux if c.debut <= maintenant}
    bilans = classer([c.pk for c in creneaux], repondants, quorums_dits(sondage))
    return {
        "creneaux": creneaux,
        "plages": [plages[c.pk] for c in creneaux],
        "classes": [
            {
                "bilan": bilan,
                "plage": plages[bilan.creneau],
                "retenable": bilan.possible and bilan.creneau not in passes,
                "quorums": [f"{College(c).label} : {n} sur {m}" for c, n, m in bilan.sous_quorum],
            }
            for bilan in bilans
        ],
        "par_creneau": {bilan.creneau: bilan for bilan in bilans},
        "lignes": list(zip(sondes, repondants, strict=True)),
        "sans_lien": [s.qui.nom_complet for s in sondes if not s.courriel],
        "muets": [s.qui.nom_complet for s in sondes if s.repondu_le is None],
        "repondu": sum(s.repondu_le is not None for s in sondes),
    }


def sans_lien(sondage) -> list[str]:
    """Those whom no mail reaches: asked otherwise, and told otherwise."""
    return [s.qui.nom_complet for s in sondes_de(sondage) if not s.courriel]


def non_convoques(sondage) -> list[str]:
    """Of a closed poll: whom no mail reaches, and to whom no letter of this date left yet."""
    if sondage.etat != EtatSondage.CLOS or sondage.seance.etat not in PREVUES:
        return []
    sondes = Sonde.objects.filter(sondage=sondage).values("participant")
    restent = a_joindre_autrement(sondage.seance).filter(participant__in=sondes)
    return [i.participant.nom_complet for i in restent]


def date_retenue(sondage) -> dict | None:
    """What a closed poll must say today: the date kept, and where the séance stands since."""
    if sondage.etat != EtatSondage.CLOS:
        return None
    creneau = sondage.creneaux.filter(retenu=True).first()
    if creneau is None:
        return None
    seance = sondage.seance
    choisie = plage(creneau, seance.zone)
    presente = None
    if seance.debut_prevu and seance.fin_prevu:
        instants = Creneau(debut=seance.debut_prevu, fin=seance.fin_prevu)
        presente = plage(instants, seance.zone)
    deplacee = bool(presente) and seance.debut_prevu != creneau.debut
    return {
        "choisie": choisie,
        "presente": presente if deplacee else choisie,
        "deplacee": deplacee,
        "annulee": seance.etat == EtatSeance.ANNULEE,
    }


def mes_sondes(utilisateur):
    """What this account is asked, in its own name or as the participant it is."""
    adresse = utilisateur.email if utilisateur.is_authenticated else ""
    if not adresse:
        return Sonde.objects.none()
    return Sonde.objects.filter(
        Q(compte=utilisateur.pk)
        | Q(participant__courriel__iexact=adresse)
        | Q(participant__personne__utilisateur=utilisateur.pk)
    )


def ma_sonde(sondage, utilisateur):
    return mes_sondes(utilisateur).filter(sondage=sondage).order_by("pk").first()


def choix_de(sonde) -> dict[int, str]:
    return dict(ReponseCreneau.objects.filter(sonde=sonde).values_list("creneau_id", "choix"))
