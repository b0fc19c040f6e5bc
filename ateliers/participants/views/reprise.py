"""Add to an atelier somebody whom the directory knows already."""

from collections import Counter

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ateliers.annuaire.droits import RESERVE, peut_consulter, visibles_par
from ateliers.annuaire.models import Mandat
from ateliers.parcours.droits import exiger
from ateliers.parcours.droits import visibles_par as visibles
from ateliers.participants import droits
from ateliers.participants.domaine.participants import REFUS
from ateliers.participants.domaine.rattachement import reprendre_de_l_annuaire
from ateliers.participants.models import Participant
from ateliers.participants.views.commun import SurAtelier, charger_atelier
from socle.interface.vues import VueVerbe
from socle.territoires.texte import plier

MONTREES = 30


def _exiger(request, atelier) -> None:
    exiger(droits.peut_gerer(request.user, atelier), REFUS)
    exiger(peut_consulter(request.user), RESERVE)


def _participations(utilisateur) -> Prefetch:
    """The ateliers that one may see: with the address, what tells two people of one name apart."""
    lisibles = visibles(utilisateur).values("pk")
    siennes = Participant.objects.filter(atelier__in=lisibles).select_related("atelier")
    return Prefetch("personne__participations", siennes)


@require_GET
def proposer(request, slug):
    """The open mandates of those who match, except people of this atelier."""
    atelier = charger_atelier(request, slug)
    _exiger(request, atelier)
    texte = request.GET.get("q", "").strip()
    mandats = []
    if texte:
        personnes = visibles_par(request.user).filter(atelier__isnull=True)
        for mot in plier(texte).split():
            personnes = personnes.filter(recherche__contains=mot)
        deja = Participant.objects.filter(atelier=atelier).values("personne")
        trouvees = Mandat.objects.filter(personne__in=personnes.values("pk"), au__isnull=True)
        mandats = list(
            trouvees.exclude(personne__in=deja)
            .select_related("personne", "organisme__commune")
            .prefetch_related(_participations(request.user))
            .order_by("personne__nom", "personne__prenom", "pk")[: MONTREES + 1]
        )
    noms = Counter(plier(personne.nom_complet) for personne in {m.personne for m in mandats})
    contexte = {
        "atelier": atelier,
        "texte": texte,
        "homonymes": any(nombre > 1 for nombre in noms.values()),
        "mandats": mandats[:MONTREES],
        "plus": len(mandats) > MONTREES,
    }
    return render(request, "ateliers/participants/reprise.html", contexte)


class Reprendre(SurAtelier, VueVerbe):
    def charger(self):
        atelier = super().charger()
        _exiger(self.request, atelier)
        return atelier

    @property
    def message(self):
        return f"{self.resultat} figure dans la liste des participants."

    def executer(self, objet):
        mandat = get_object_or_404(
            Mandat.objects.select_related("personne", "organisme"),
            personne__in=visibles_par(self.request.user).values("pk"),
            pk=self.kwargs["mandat_id"],
        )
        return reprendre_de_l_annuaire(atelier=self.atelier, par=self.request.user, mandat=mandat)

    def url_retour(self, objet=None):
        return reverse("ateliers:participants", args=[self.atelier.slug])
