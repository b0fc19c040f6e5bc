"""Saved views: keep, open by default, delete."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from candidatures.listes.choix import PageListe
from candidatures.listes.domaine import vues
from candidatures.listes.droits import vues_visibles_par
from socle.interface.vues import VueVerbe

LISTES = {PageListe.CANDIDATURES: "liste", PageListe.INSTRUCTION: "instruction"}


def url_liste(page: str) -> str:
    return reverse(f"candidatures:{LISTES.get(page, 'liste')}")


class VueEnregistrer(VueVerbe):
    message = "La vue est enregistrée."

    def charger(self):
        return self.kwargs["page"]

    def executer(self, objet):
        donnees = self.request.POST
        return vues.enregistrer_vue(
            page=objet,
            nom=donnees.get("nom", ""),
            requete=donnees.get("requete", ""),
            partage=donnees.get("partage", "prive"),
            par_defaut=bool(donnees.get("par_defaut")),
            par=self.request.user,
        )

    def url_retour(self, objet):
        return self.resultat.get_absolute_url()


class VueSurVue(VueVerbe):
    def charger(self):
        return get_object_or_404(vues_visibles_par(self.request.user), pk=self.kwargs["pk"])

    def url_retour(self, objet):
        return f"{url_liste(objet.page)}?{objet.requete or 'vue=toutes'}"


class VueParDefaut(VueSurVue):
    message = "C’est noté."

    def executer(self, objet):
        return vues.ouvrir_par_defaut(vue=objet, par=self.request.user)


class VueSupprimer(VueSurVue):
    message = "La vue est supprimée."

    def executer(self, objet):
        return vues.supprimer_vue(vue=objet, par=self.request.user)
