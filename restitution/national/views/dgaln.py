"""The national level, kept by the DGALN."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from restitution.national import droits
from restitution.national.domaine import publications as verbes
from restitution.national.domaine import rencontres
from restitution.national.forms.national import (
    FormulaireChapitre,
    FormulaireEnseignement,
    FormulairePublication,
    FormulaireRencontre,
)
from restitution.national.models import Enseignement, Publication, RencontreNationale
from socle.documents.domaine import demander, dernier
from socle.interface.vues import VueFormulaire, VueVerbe
from socle.journal.domaine import historique


@require_GET
def national(request):
    rencontres.exiger_dgaln(request.user)
    contexte = {
        "rencontres": RencontreNationale.objects.all(),
        "enseignements": Enseignement.objects.select_related("rencontre"),
        "publications": Publication.objects.all(),
    }
    return render(request, "restitution/national/national.html", contexte)


@require_GET
def composer(request, pk):
    rencontres.exiger_dgaln(request.user)
    publication = get_object_or_404(Publication, pk=pk)
    contexte = {
        "publication": publication,
        "chapitres": publication.chapitres.select_related("atelier__dispositif"),
        "enseignements": publication.enseignements.all(),
        "manques": verbes.manques_pour_publier(publication),
        "document": dernier(verbes.CLE_PDF, publication),
        "historique": historique(publication, confidentielles=True),
    }
    return render(request, "restitution/national/composer.html", contexte)


class FormulaireNational(VueFormulaire):
    template_name = "restitution/national/formulaire.html"
    modele = None
    champs: tuple[str, ...] = ()

    def charger(self):
        rencontres.exiger_dgaln(self.request.user)
        pk = self.kwargs.get("pk")
        return get_object_or_404(self.modele, pk=pk) if pk else None

    def get_initial(self):
        if self.objet is None:
            return {}
        initial = {champ: getattr(self.objet, champ) for champ in self.champs}
        for champ in ("ateliers", "enseignements"):
            if champ in initial:
                initial[champ] = initial[champ].all()
        return initial | {"revision": self.objet.revision}

    def valeurs_actuelles(self, actuel, form):
        """Both texts side by side: chosen ateliers and enseignements are not texts."""
        valeurs = super().valeurs_actuelles(actuel, form)
        return {n: v for n, v in valeurs.items() if n not in ("ateliers", "enseignements")}

    def url_retour(self):
        return reverse("restitution:national")


class Rencontre(FormulaireNational):
    form_class = FormulaireRencontre
    modele = RencontreNationale
    champs = ("titre", "session", "date", "lieu", "programme", "participants", "ateliers")
    titre = "Rencontre nationale"
    message = "La rencontre nationale est enregistrée."

    def executer(self, form):
        return rencontres.enregistrer_rencontre(
            rencontre=self.objet, par=self.request.user, **form.cleaned_data
        )


class VueEnseignement(FormulaireNational):
    form_class = FormulaireEnseignement
    modele = Enseignement
    champs = ("titre", "texte", "theme", "rencontre", "ateliers")
    titre = "Enseignement transversal"
    message = "L’enseignement est enregistré."

    def executer(self, form):
        return rencontres.enregistrer_enseignement(
            enseignement=self.objet, par=self.request.user, **form.cleaned_data
        )


class VuePublication(FormulaireNational):
    form_class = FormulairePublication
    modele = Publication
    champs = ("titre", "sous_titre", "avant_propos", "rencontre", "enseignements")
    titre = "Publication"
    message = "La publication est enregistrée."

    def executer(self, form):
        return verbes.enregistrer_publication(
            publication=self.objet, par=self.request.user, **form.cleaned_data
        )

    def url_retour(self):
        publication = self.resultat or self.objet
        if publication is None:
            return super().url_retour()
        return reverse("restitution:publication_composer", args=[publication.pk])


class ChapitreAjouter(FormulaireNational):
    form_class = FormulaireChapitre
    modele = Publication
    titre = "Ajouter le carnet d’un atelier"
    message = "Le carnet est ajouté."

    def get_initial(self):
        return {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"publication": self.objet}

    def executer(self, form):
        return verbes.ajouter_chapitre(
            publication=self.objet, par=self.request.user, **form.cleaned_data
        )

    def url_retour(self):
        return reverse("restitution:publication_composer", args=[self.objet.pk])


class VerbePublication(VueVerbe):
    def charger(self):
        self.publication = get_object_or_404(
            droits.visibles_par(self.request.user), pk=self.kwargs["pk"]
        )
        if "chapitre_id" in self.kwargs:
            return get_object_or_404(
                self.publication.chapitres.select_related("atelier"),
                pk=self.kwargs["chapitre_id"],
            )
        return self.publication

    def url_retour(self, objet):
        return reverse("restitution:publication_composer", args=[self.kwargs["pk"]])


class ChapitreDeplacer(VerbePublication):
    def executer(self, objet):
        verbes.deplacer_chapitre(chapitre=objet, sens=self.kwargs["sens"], par=self.request.user)


class ChapitreRetirer(VerbePublication):
    message = "Le carnet est retiré."

    def executer(self, objet):
        verbes.retirer_chapitre(chapitre=objet, par=self.request.user)


class Publier(VerbePublication):
    message = "La publication est en ligne. Son PDF se prépare."

    def executer(self, objet):
        return verbes.publier_publication(publication=objet, par=self.request.user)


class Depublier(VerbePublication):
    message = "La publication n’est plus en ligne."

    def executer(self, objet):
        return verbes.depublier_publication(
            publication=objet, motif=self.motif, par=self.request.user
        )


class PreparerPdf(VerbePublication):
    def executer(self, objet):
        rencontres.exiger_dgaln(self.request.user)
        return demander(verbes.CLE_PDF, objet=objet, par=self.request.user)

    def url_retour(self, objet):
        return reverse("documents:etat", args=[self.resultat.pk])
