"""The questions of the call in the editor; the publication of a revised form."""

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator

from candidatures.appels.choix import TypeQuestion
from candidatures.appels.domaine.formulaires import manques_publication
from candidatures.appels.domaine.presentation import en_mots, regles_json, repond_a
from candidatures.appels.domaine.valeurs import lisible
from candidatures.appels.domaine.versions import changements
from candidatures.appels.forms.apercu import nom_champ
from candidatures.appels.forms.formulaire import FormulaireVide
from candidatures.appels.views.formulaire import charger_brouillon, url_editeur
from candidatures.dossiers.domaine import pieces, reponses
from candidatures.dossiers.domaine.champ_question import anciennes
from candidatures.dossiers.domaine.demandes import attendus_ici
from candidatures.dossiers.domaine.etapes import APPEL, Etape, menu, url_suivante
from candidatures.dossiers.domaine.fenetre import brouillons, prevenues
from candidatures.dossiers.domaine.formulaire import formulaire, publier_revision
from candidatures.dossiers.domaine.revisions import revisions_de
from candidatures.dossiers.forms.questions import FormulaireQuestions, empreinte
from candidatures.dossiers.views.ferme import charger_modifiable, vers_le_dossier
from candidatures.dossiers.views.lecture import contexte_entete
from socle.erreurs import ErreurMetier
from socle.interface.domaine import jetons
from socle.interface.saisie import attributs
from socle.interface.vues import VueFormulaire


@method_decorator(vers_le_dossier, name="dispatch")
class VueQuestions(VueFormulaire):
    """One heading. With JS off every question is shown, with « Si … » before its help."""

    form_class = FormulaireQuestions
    template_name = "candidatures/dossiers/etape_questions.html"
    gabarit_conflit = template_name
    message = ""

    def charger(self):
        candidature = charger_modifiable(self.request, self.kwargs["reference"])
        ouvertes = reponses.rubriques_a_remplir(candidature)
        trouvee = sorted(
            (r for r in ouvertes if repond_a(r, self.kwargs["rubrique"])),
            key=lambda r: r.slug != self.kwargs["rubrique"],
        )
        if not trouvee:
            raise Http404
        self.rubrique = trouvee[0]
        self.slug = f"questions/{self.rubrique.slug}"
        self.etape = Etape(self.slug, self.rubrique.nom, APPEL)
        self.valeurs = reponses.valeurs(candidature)
        self.stockees = reponses.stockees(candidature)
        return candidature

    def get_form_kwargs(self):
        toutes = formulaire(self.objet).questions
        return super().get_form_kwargs() | {
            "questions": self.rubrique.questions,
            "conditions": en_mots(toutes),
            "valeurs": self.valeurs,
            "revisions": {cle: r.revision for cle, r in self.stockees.items()},
        }

    def get_form(self, form_class=None):
        """Files are sent by a form of their own: the other one saves as one types."""
        arguments = self.get_form_kwargs()
        toutes = arguments.pop("questions")
        fichiers = tuple(q for q in toutes if q.type == TypeQuestion.FICHIER)
        autres = tuple(q for q in toutes if q.type != TypeQuestion.FICHIER)
        if self.request.method == "POST":
            for question in autres:
                question.anciennes = anciennes(self.objet, question)
        envoi_fichiers = "fichiers" in self.request.POST
        form = FormulaireQuestions(questions=fichiers if envoi_fichiers else autres, **arguments)
        vierge = arguments | {"data": None, "files": None}
        self.autre = FormulaireQuestions(questions=autres if envoi_fichiers else fichiers, **vierge)
        self.form_fichiers = form if envoi_fichiers else self.autre
        self.form_texte = self.autre if envoi_fichiers else form
        self.form_fichiers.libelle_envoi = "Joindre"
        self.form_fichiers.secondaire = True
        jeton = jetons.lire(self.request.POST.get("jeton")) or jetons.nouveau()
        form.jeton, self.autre.jeton = str(jeton), str(jetons.nouveau())
        self._brancher(self.form_texte)
        return form

    def _brancher(self, form) -> None:
        champs = {nom_champ(q.cle): f"question.{q.cle}" for q in form.questions}
        form.brancher_saisie(
            attributs(
                reverse("candidatures:saisie", args=[self.objet.reference]),
                champs,
                revisions_de(self.objet, "question."),
                suite=url_suivante(self.objet, self.slug),
            )
        )

    def executer(self, form):
        valeurs, revisions = form.reponses()
        reponses.enregistrer_reponses(
            candidature=self.objet, reponses=valeurs, revisions=revisions, par=self.request.user
        )
        for cle, fichier in form.fichiers():
            try:
                pieces.joindre(
                    candidature=self.objet,
                    nom=fichier.name,
                    octets=fichier.read(),
                    question=cle,
                    par=self.request.user,
                )
            except ErreurMetier as refus:  # Said beside the field of this very question.
                raise ErreurMetier(refus.message, champ=nom_champ(cle)) from None

    def url_retour(self):
        if "fichiers" in self.request.POST:
            return self.request.path
        return url_suivante(self.objet, self.slug)

    def afficher_conflit(self, form, conflit):
        """Both texts of each answer in conflict; the form keeps mine, under the new revision."""
        form.data = form.data.copy()
        divergences = []
        for actuelle in conflit.reponses:
            nom = nom_champ(actuelle.cle)
            saisie = form.cleaned_data.get(nom)
            divergences.append(
                {
                    "libelle": actuelle.libelle,
                    "saisie": lisible(actuelle.type, saisie),
                    "stockee": lisible(actuelle.type, actuelle.valeur),
                    "par": actuelle.modifiee_par,
                }
            )
            trace = f"{actuelle.revision}:{empreinte(actuelle.valeur)}"
            form.data[f"r_{actuelle.cle}"] = trace
        contexte = self.get_context_data(form=form, conflit=conflit, divergences=divergences)
        return self.render_to_response(contexte, status=409)

    def get_context_data(self, **kwargs):
        toutes = formulaire(self.objet).questions
        ici = {q.cle for q in self.rubrique.questions}
        contexte = super().get_context_data(**kwargs) | contexte_entete(self.request, self.objet)
        return contexte | {
            "etape": self.etape,
            "attendus": attendus_ici(self.objet, [f"question:{cle}" for cle in ici]),
            "form_texte": self.form_texte,
            "form_fichiers": self.form_fichiers,
            "menu": menu(self.objet, self.slug),
            "regles": regles_json(toutes),
            "ailleurs": {cle: v for cle, v in self.valeurs.items() if cle not in ici},
            "anciennes": self._anciennes(),
        }

    def _anciennes(self) -> list[dict]:
        """What a revision of the form set aside, for the questions of this page."""
        lues = {ligne["cle"]: ligne for g in self.objet.questions_lues for ligne in g["reponses"]}
        return [
            lues[q.cle]
            for q in self.rubrique.questions
            if q.cle in lues and lues[q.cle]["ancienne"]
        ]


class VuePublierRevision(VueFormulaire):
    """What changes, in words, before the button that publishes it."""

    form_class = FormulaireVide
    template_name = "candidatures/dossiers/formulaire_publier.html"
    titre = "Publier la révision du formulaire"

    @property
    def message(self):
        return f"La révision est publiée. {prevenues(self.objet)}"

    def charger(self):
        self.version = charger_brouillon(self.request, self.kwargs["slug"])
        return self.version.appel

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            version=self.version,
            changements=[c.en_json() for c in changements(self.version)],
            manques=manques_publication(self.version),
            brouillons=brouillons(self.objet).count(),
            **kwargs,
        )

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.libelle_envoi = "Publier la révision"
        return form

    def executer(self, form):
        return publier_revision(version=self.version, par=self.request.user)

    def url_retour(self):
        return url_editeur(self.objet)
