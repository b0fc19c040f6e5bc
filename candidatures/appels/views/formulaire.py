"""DGALN edits the form of a call, and previews it as a candidate sees it."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidatures.appels.choix import CleSection, EtatAppel, EtatVersion, TypeQuestion
from candidatures.appels.domaine import formulaires as verbes
from candidatures.appels.domaine import presentation, versions
from candidatures.appels.domaine.conditions import Condition
from candidatures.appels.domaine.requetes import pour_page
from candidatures.appels.domaine.valeurs import bornes_en_mots, condition_en_mots
from candidatures.appels.droits import visibles_par
from candidatures.appels.forms.apercu import FormulaireApercu
from candidatures.appels.forms.formulaire import (
    FormulaireQuestion,
    FormulaireReglages,
    initiales,
)
from candidatures.appels.models import Question, VersionFormulaire
from candidatures.appels.views.dgaln import exiger_gestion
from socle.erreurs import TransitionImpossible
from socle.interface.templatetags.interface import date_longue
from socle.interface.vues import VueFormulaire, VueVerbe


def charger_appel(request, slug):
    """404 for who cannot see the call, 403 for who does not prepare it."""
    appel = get_object_or_404(pour_page(visibles_par(request.user)), slug=slug)
    exiger_gestion(request.user)
    return appel


def charger_brouillon(request, slug):
    appel = charger_appel(request, slug)
    version = versions.en_preparation(appel)
    if version is None:
        raise TransitionImpossible(_sans_revision(versions.publiee(appel)))
    version.appel = appel
    return version


def _sans_revision(publiee) -> str:
    """What happened, for who comes back to a page of the revision that was published since."""
    suite = "Pour changer le formulaire, ouvrez une révision."
    if publiee is None:
        return f"Aucune révision du formulaire n’est en préparation. {suite}"
    return (
        f"La version {publiee.numero} du formulaire a été publiée le "
        f"{date_longue(publiee.publiee_le)}\u00a0: rien n’est en préparation. {suite}"
    )


def url_editeur(appel) -> str:
    return reverse("candidatures:formulaire", args=[appel.slug])


@require_safe
def editeur(request, slug):
    appel = charger_appel(request, slug)
    brouillon, publiee = versions.en_preparation(appel), versions.publiee(appel)
    montree = brouillon or publiee
    questions = list(montree.questions.all()) if montree else []
    libelles = {q.cle: q.libelle for q in questions}
    types = {q.cle: q.type for q in questions}
    lignes = [
        {
            "question": q,
            "place": presentation.place(q),
            "condition": condition_en_mots(Condition.lire(q.condition), libelles, types),
            "bornes": bornes_en_mots(q),
            "premiere": rang == 0,
            "derniere": rang == len(questions) - 1,
        }
        for rang, q in enumerate(questions)
    ]
    contexte = {
        "appel": appel,
        "brouillon": brouillon,
        "publiee": publiee,
        "version": montree,
        "lignes": lignes,
        "pieces": versions.pieces_demandees(appel, montree),
        "pieces_propres": [q for q in questions if q.type == TypeQuestion.FICHIER],
        "manques": verbes.manques_publication(brouillon) if brouillon else [],
        "clos": appel.etat == EtatAppel.CLOS,
        "anciennes": appel.versions_formulaire.filter(etat=EtatVersion.PUBLIEE).select_related(
            "publiee_par"
        ),
    }
    return render(request, "candidatures/appels/formulaire_editeur.html", contexte)


@require_safe
def apercu(request, slug):
    """As the candidate reads it, without anything to send."""
    appel = charger_appel(request, slug)
    version = versions.en_preparation(appel) or versions.publiee(appel)
    questions = list(version.questions.all()) if version else []
    conditions = presentation.en_mots(questions)
    contexte = {
        "appel": appel,
        "version": version,
        "rubriques": [
            (r.titre, FormulaireApercu(questions=r.questions, conditions=conditions))
            for r in presentation.rubriques(questions)
        ],
        "regles": presentation.regles_json(questions),
        "sections": [str(cle.label).lower() for cle in CleSection],
    }
    return render(request, "candidatures/appels/formulaire_apercu.html", contexte)


class VueQuestion(VueFormulaire):
    form_class = FormulaireQuestion
    template_name = "candidatures/appels/question.html"
    gabarit_conflit = "candidatures/appels/question_conflit.html"
    fusion = True

    def charger(self):
        self.version = charger_brouillon(self.request, self.kwargs["slug"])
        return self.version.appel

    def url_retour(self):
        return url_editeur(self.objet)


class VueAjouterQuestion(VueQuestion):
    """`?type=fichier`: a piece of the call is a question that a file answers."""

    message = "La question est ajoutée à la révision."

    @property
    def piece(self) -> bool:
        return self.request.GET.get("type") == TypeQuestion.FICHIER

    @property
    def titre(self):
        return "Ajouter une pièce" if self.piece else "Ajouter une question"

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.piece:
            form.fields["libelle"].label = "Nom de la pièce"
            form.libelle_envoi = "Enregistrer la pièce"
        return form

    def get_initial(self):
        voulu = self.request.GET.get("type", "")
        type_ = {"type": voulu} if voulu in TypeQuestion.values else {}
        return type_ | {"revision": self.version.revision}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"autres": list(self.version.questions.all())}

    def executer(self, form):
        return verbes.ajouter_question(version=self.version, par=self.request.user, **form.champs())


class VueModifierQuestion(VueQuestion):
    titre = "Modifier la question"
    message = "La question est modifiée dans la révision."

    def charger(self):
        appel = super().charger()
        self.question = get_object_or_404(Question, version=self.version, pk=self.kwargs["pk"])
        self.question.version = self.version
        return appel

    def get_initial(self):
        return initiales(self.question)

    def get_form_kwargs(self):
        autres = [q for q in self.version.questions.all() if q.pk != self.question.pk]
        anciennes = self.question.sous_questions
        return super().get_form_kwargs() | {"autres": autres, "anciennes": anciennes}

    def valeurs_actuelles(self, actuel, form):
        # Every field: one left out would be written over by the next save.
        return initiales(Question.objects.select_related("version").get(pk=self.question.pk))

    def executer(self, form):
        return verbes.modifier_question(
            question=self.question,
            par=self.request.user,
            revision=form.cleaned_data["revision"],
            **form.champs(),
        )


class VueReglages(VueQuestion):
    form_class = FormulaireReglages
    template_name = "candidatures/appels/reglages.html"
    titre = "Pièces et textes d’aide"
    message = "Les réglages de la révision sont enregistrés."

    def get_initial(self):
        return {"revision": self.version.revision}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"version": self.version}

    def valeurs_actuelles(self, actuel, form):
        frais = self.form_class(version=VersionFormulaire.objects.get(pk=self.version.pk))
        return {nom: frais.get_initial_for_field(c, nom) for nom, c in frais.fields.items()}

    def executer(self, form):
        return verbes.regler(version=self.version, par=self.request.user, **form.reglages())


class VueVerbeFormulaire(VueVerbe):
    def charger(self):
        return charger_appel(self.request, self.kwargs["slug"])

    def url_retour(self, objet):
        return url_editeur(objet)


class VueOuvrirRevision(VueVerbeFormulaire):
    message = "La révision est ouverte : les candidats ne la verront qu’une fois publiée."

    def executer(self, objet):
        return verbes.ouvrir_revision(appel=objet, par=self.request.user)


class VueAbandonnerRevision(VueVerbeFormulaire):
    message = "La révision est abandonnée."

    def executer(self, objet):
        version = charger_brouillon(self.request, objet.slug)
        return verbes.abandonner_revision(version=version, par=self.request.user)


class VueVerbeQuestion(VueVerbeFormulaire):
    def question(self, objet):
        return get_object_or_404(
            Question.objects.select_related("version"), version__appel=objet, pk=self.kwargs["pk"]
        )


class VueRetirerQuestion(VueVerbeQuestion):
    message = "La question est retirée de la révision."

    def executer(self, objet):
        return verbes.retirer_question(question=self.question(objet), par=self.request.user)


class VueDeplacerQuestion(VueVerbeQuestion):
    def executer(self, objet):
        return verbes.deplacer_question(
            question=self.question(objet),
            vers_le_haut=self.kwargs["sens"] == "monter",
            par=self.request.user,
        )

    def url_retour(self, objet):
        return f"{url_editeur(objet)}#question-{self.kwargs['pk']}"
