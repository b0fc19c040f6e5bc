"""What each act of engagement still misses: sentences shown before the click and after."""

from django.urls import reverse

from ateliers.seances.models import Seance
from candidatures.dispositifs.choix import GenreSeance
from restitution.engagement.choix import Cote
from restitution.feuilles.models import Action
from socle.erreurs import Manque

TENUE = "tenue"
ANNULEE = "annulee"


def _editeur(feuille, ancre: str = "") -> str:
    return reverse("restitution:feuille", args=[feuille.atelier.slug]) + ancre


def _engagement(feuille, ancre: str = "") -> str:
    return reverse("restitution:engagement", args=[feuille.atelier.slug]) + ancre


def dernier_atelier_tenu(atelier) -> bool:
    """True when every in-situ atelier planned by the dispositif was held (one at least)."""
    etats = list(
        Seance.objects.filter(atelier=atelier, genre=GenreSeance.ATELIER)
        .exclude(etat=ANNULEE)
        .values_list("etat", flat=True)
    )
    return bool(etats) and all(etat == TENUE for etat in etats)


def restitution_tenue(atelier) -> bool:
    return Seance.objects.filter(
        atelier=atelier, genre=GenreSeance.RESTITUTION, etat=TENUE
    ).exists()


def manques_pour_valider(feuille) -> list[Manque]:
    manques = []
    if not dernier_atelier_tenu(feuille.atelier):
        manques.append(Manque("Le dernier atelier in situ n’a pas encore eu lieu."))
    if not feuille.vision.strip():
        manques.append(Manque("La vision n’est pas écrite.", _editeur(feuille, "#vision")))
    actions = list(Action.objects.filter(axe__feuille=feuille).order_by("axe__ordre", "ordre"))
    if not feuille.axes.exists():
        manques.append(Manque("Aucun axe n’est posé.", _editeur(feuille, "#axes")))
    elif not actions:
        manques.append(Manque("Aucune action n’est écrite.", _editeur(feuille, "#axes")))
    for action in actions:
        lien = _editeur(feuille, f"#action-{action.pk}")
        if not action.portage_elu.strip():
            manques.append(Manque(f"« {action.titre} » n’a pas d’élu porteur.", lien))
        if not action.portage_etat.strip():
            manques.append(Manque(f"« {action.titre} » n’a pas de portage par l’État.", lien))
    return manques


def manques_pour_officialiser(feuille) -> list[Manque]:
    manques = []
    cotes = set(feuille.signatures.values_list("cote", flat=True))
    lien = _engagement(feuille, "#signatures")
    if Cote.ELU not in cotes:
        manques.append(Manque("Aucun élu n’a signé la feuille de route.", lien))
    if Cote.ETAT not in cotes:
        manques.append(Manque("L’État n’a pas signé la feuille de route.", lien))
    if not restitution_tenue(feuille.atelier):
        manques.append(Manque("La séance de restitution n’a pas encore eu lieu."))
    return manques


def manques_pour_publier(feuille) -> list[Manque]:
    if not feuille.atelier.public:
        return [Manque("La page de cet atelier n’est pas publique.")]
    return []
