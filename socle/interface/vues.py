"""Two generic views: a button that calls one verb, and a form that calls one verb."""

from __future__ import annotations

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpResponseRedirect
from django.views.generic import FormView, View
from django_htmx.http import HttpResponseClientRedirect

from socle.erreurs import (
    ActionInterdite,
    ConfirmationRequise,
    ConflitDeVersion,
    ElementsManquants,
    ErreurMetier,
)
from socle.interface import contraintes, trois_voies
from socle.interface.domaine import jetons

CONFIRMATION = "confirmer_"
# Tag of a message that is no success but tells that what was typed is stored: the browser forgets
# its draft.
ENREGISTRE = "enregistre"


def rediriger(request, url):
    """Redirect a page or an htmx fragment."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(str(url))
    return HttpResponseRedirect(str(url))


class VueVerbe(View):
    """POST only: load, call one verb, say what was done, go back.

    Refusals are turned into messages by `ErreursMetier`.
    """

    http_method_names = ["post", "options"]
    message = ""

    @property
    def motif(self) -> str:
        return self.request.POST.get("motif", "").strip()

    def charger(self):
        raise NotImplementedError

    def executer(self, objet):
        raise NotImplementedError

    def url_retour(self, objet) -> str:
        return objet.get_absolute_url()

    def post(self, request, *args, **kwargs):
        objet = self.charger()
        resultat = self.executer(objet)
        self.resultat = resultat
        if self.message:
            messages.success(request, self.message)
        return rediriger(request, self.url_retour(objet))


class VueFormulaire(FormView):
    """GET shows the form, POST calls `executer(form)` once, whatever the number of clicks.

    Subclasses give `form_class`, `template_name`, `charger()` (kept in `self.objet`),
    `executer(form)`, `url_retour()` and `message`. What `executer` returns is in `self.resultat`.
    """

    template_name = "interface/formulaire.html"
    gabarit_conflit = "interface/conflit.html"
    # True: what only one of two people changed is kept without asking. A form without revision is
    # then compared with what it would show now.
    fusion = False
    message: str  # what was saved, in the words of the thing; "" when `executer` says it
    titre = ""

    def charger(self):
        return None

    def executer(self, form):
        raise NotImplementedError

    def url_retour(self) -> str:
        return self.request.path

    def valeurs_actuelles(self, actuel, form) -> dict:
        """Stored value of each field, for the page that shows both texts."""
        return {nom: getattr(actuel, nom, "") for nom in form.fields if hasattr(actuel, nom)}

    def recharger(self) -> None:
        """Read again what the form starts from, before a merge is checked and saved."""
        self.objet = self.charger()

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.objet = None
        self.resultat = None
        self.deja_fusionne = False

    def dispatch(self, request, *args, **kwargs):
        if request.method in ("GET", "HEAD", "POST"):
            self.objet = self.charger()
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        envoye = jetons.lire(self.request.POST.get("jeton"))
        form.jeton = str(envoye) if envoye else jetons.nouveau()
        if self.fusion:
            form.base = self.request.POST.get("base") or trois_voies.base(form)
        form.confirmations = [
            confirmation(cle, form=form, cochee=True) for cle in sorted(self.confirmes)
        ]
        return form

    @property
    def confirmes(self) -> frozenset[str]:
        """Keys of the confirmations that were ticked; hand them to the verb."""
        return cases_cochees(self.request)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("objet", self.objet)
        kwargs.setdefault("titre", self.titre)
        return super().get_context_data(**kwargs)

    def _relues(self) -> dict:
        """What the same page would show now, field by field."""
        neuf = {c: v for c, v in self.get_form_kwargs().items() if c not in ("data", "files")}
        frais = self.get_form_class()(**neuf)
        return {nom: frais.get_initial_for_field(c, nom) for nom, c in frais.fields.items()}

    def _ecrase(self, form) -> bool:
        """Somebody saved since this page was read (forms that have no revision to say it)."""
        if not self.fusion or "revision" in form.fields or self.deja_fusionne:
            return False
        lues, relues = trois_voies.lire_base(self.request.POST.get("base")), self._relues()
        if not lues or lues == trois_voies.lire_base(trois_voies.base(form, relues)):
            return False
        envoyees = form.data
        comparaison = trois_voies.comparer(form, relues, lues)
        form.data = envoyees  # the page of the conflict compares again
        return bool(comparaison.divergences or comparaison.repris)

    def form_valid(self, form):
        if self._ecrase(form):
            return self.afficher_conflit(form, ConflitDeVersion(self.objet))
        cle = jetons.lire(self.request.POST.get("jeton"))
        try:
            url = self._executer_une_fois(form, cle)
        except jetons.DejaUtilise as deja:
            messages.info(
                self.request, "Votre saisie était déjà enregistrée.", extra_tags=ENREGISTRE
            )
            return rediriger(self.request, deja.url_retour or self.request.path)
        except ActionInterdite:
            raise
        except ConflitDeVersion as conflit:
            return self.afficher_conflit(form, conflit)
        except ErreurMetier as erreur:
            if isinstance(erreur, ConfirmationRequise):  # nothing to correct: a box to tick
                form.confirmations += [
                    confirmation(d.cle, form=form, phrase=d.message) for d in erreur.toutes
                ]
            else:
                ajouter_erreurs(form, erreur)
            return self.form_invalid(form)
        except DatabaseError as erreur:
            if (refus := contraintes.refus(erreur)) is None:
                raise
            ajouter_erreurs(form, refus)
            return self.form_invalid(form)
        if self.message:
            messages.success(self.request, self.message)
        return rediriger(self.request, url)

    @transaction.atomic
    def _executer_une_fois(self, form, cle):
        jeton = jetons.consommer(cle) if cle else None
        self.resultat = self.executer(form)
        url = str(self.url_retour())
        if jeton is not None:
            jeton.url_retour = url[:500]
            jeton.save(update_fields=["url_retour"])
        return url

    def afficher_conflit(self, form, conflit):
        """Save what does not collide; else show both texts. The form below keeps what was typed,
        what the colleague alone changed, and the new revision number.
        """
        actuel = conflit.actuel
        if self.fusion and "revision" not in form.fields:
            stockees = self._relues()
        else:
            stockees = self.valeurs_actuelles(actuel, form)
        lues = trois_voies.lire_base(self.request.POST.get("base")) if self.fusion else {}
        comparaison = trois_voies.comparer(form, stockees, lues)
        form.data[form.add_prefix("revision")] = str(getattr(actuel, "revision", 0))
        if comparaison.complete and not comparaison.divergences and not self.deja_fusionne:
            return self._enregistrer_fusion(form, comparaison)
        if self.fusion:
            form.base = trois_voies.base(form, stockees)
        form.libelle_envoi = "Enregistrer cette version"
        contexte = self.get_context_data(
            form=form,
            conflit=conflit,
            divergences=comparaison.divergences,
            repris=comparaison.repris,
        )
        return self.response_class(
            request=self.request,
            template=[self.gabarit_conflit],
            context=contexte,
            using=self.template_engine,
            status=409,
        )

    def _enregistrer_fusion(self, form, comparaison):
        self.deja_fusionne = True
        self.request.POST = form.data
        self.recharger()
        fusionne = self.get_form()
        if not fusionne.is_valid():
            return self.form_invalid(fusionne)
        reponse = self.form_valid(fusionne)
        if reponse.status_code == 302 and comparaison.repris:
            noms = ", ".join(f"«\u00a0{nom}\u00a0»" for nom in comparaison.repris)
            messages.info(
                self.request,
                "Un autre enregistrement a été fait pendant votre saisie\u00a0: il est gardé "
                f"({noms}), avec ce que vous avez changé.",
            )
        return reponse


def cases_cochees(request) -> frozenset[str]:
    """Keys of the confirmations that came with a form, or with a button."""
    return frozenset(
        nom.removeprefix(CONFIRMATION)
        for nom in request.POST
        if nom.startswith(CONFIRMATION) and nom.isidentifier()
    )


def confirmation(cle: str, *, form, cochee: bool = False, phrase: str = "") -> dict:
    """The box that confirms what is unlikely; it is no field, so never in `cleaned_data`.

    `phrase`: what is asked now, told beside the box.
    """
    libelles = getattr(form, "libelles_confirmation", {})
    libelle = libelles.get(cle) or getattr(form, "libelle_confirmation", "")
    nom = f"{CONFIRMATION}{cle}"
    return {"nom": nom, "cochee": cochee, "phrase": phrase, "libelle": libelle}


def ajouter_erreurs(form, erreur: ErreurMetier) -> None:
    """Put a refusal beside the field it names, or at the top, one line per missing item."""
    if isinstance(erreur, ElementsManquants):
        for manque in erreur.manques:
            form.add_error(None, manque.phrase)
    else:
        noms = [nom for nom in (erreur.champ, *erreur.champs) if nom in form.fields]
        form.add_error(noms[0] if noms else None, erreur.message)
