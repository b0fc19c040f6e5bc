"""The editor: one view per step, all saved under their own revision."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from candidatures.dispositifs.choix import FamilleTheme
from candidatures.dossiers import droits
from candidatures.dossiers.choix import CleSection, EtatCandidature
from candidatures.dossiers.domaine import (
    eligibilite,
    emprises,
    pieces,
    pilotage,
    redaction,
    revisions,
)
from candidatures.dossiers.domaine.commun import champ_ouvert
from candidatures.dossiers.domaine.demandes import attendus_ici, champs_de
from candidatures.dossiers.domaine.etapes import (
    PAR_SLUG,
    etape_ouverte,
    menu,
    nom_de,
    url_de,
    url_suivante,
)
from candidatures.dossiers.domaine.fenetre import fermeture_en_mots, intention
from candidatures.dossiers.domaine.formulaire import formulaire
from candidatures.dossiers.domaine.manques import avertissements, manques
from candidatures.dossiers.domaine.visas_absents import annonce, visas_absents
from candidatures.dossiers.forms import lignes, rediger
from candidatures.dossiers.models import Candidature
from candidatures.dossiers.views.ferme import charger_modifiable, expliquer_refus, vers_le_dossier
from candidatures.dossiers.views.lecture import contexte_entete
from socle.comptes.domaine.competence import departement_propre
from socle.erreurs import ActionInterdite, ErreurMetier
from socle.interface.saisie import VueSaisie, attributs
from socle.interface.vues import VueFormulaire
from socle.territoires.domaine.lues import garder_communes


def exiger_ouverte(candidature, etape):
    if not etape_ouverte(candidature, etape):
        raise ActionInterdite(
            "La demande de compléments ne porte pas sur cette partie\u00a0: elle ne se modifie pas."
        )


class VueEtape(VueFormulaire):
    """Base: the menu on the left, one form, and the next step after saving."""

    template_name = "candidatures/dossiers/etape.html"
    message = ""

    def charger(self):
        self.etape = PAR_SLUG[self.kwargs["etape"]]
        self.titre = self.etape.libelle
        candidature = charger_modifiable(self.request, self.kwargs["reference"])
        exiger_ouverte(candidature, self.etape)
        self.partie = self.trouver_partie(candidature)
        return candidature

    def trouver_partie(self, candidature):
        if not self.etape.cle:
            return None
        parties = (candidature.sections if self.etape.est_section else candidature.rubriques).all()
        return next(p for p in parties if p.cle == self.etape.cle)

    def get_initial(self):
        return {"revision": self.partie.revision} if self.partie else {}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if champs := getattr(form, "champs_saisie", None):
            form.brancher_saisie(self._attributs_saisie(form, champs))
        return form

    def _attributs_saisie(self, form, champs) -> dict:
        genre = getattr(form, "genre", "")
        connues = revisions.revisions_de(self.objet, f"{genre}." if genre else "")
        return attributs(
            reverse("candidatures:saisie", args=[self.objet.reference]),
            champs,
            connues,
            suite=self.url_retour(),
            lignes=genre,
        )

    def communs(self, form) -> dict:
        """What every verb of the editor takes."""
        return {
            "candidature": self.objet,
            "par": self.request.user,
            "revision": form.cleaned_data["revision"],
        }

    def url_retour(self):
        return url_suivante(self.objet, self.etape.slug)

    def get_context_data(self, **kwargs):
        contexte = super().get_context_data(**kwargs)
        contexte |= contexte_entete(self.request, self.objet)
        contexte |= {
            "etape": self.etape,
            "menu": menu(self.objet, self.etape.slug),
            "attendus": attendus_ici(self.objet, champs_de(self.etape)),
            "partie": self.partie,
        }
        return contexte


class VueIdentite(VueEtape):
    template_name = "candidatures/dossiers/etape_identite.html"
    form_class = rediger.FormulaireIdentite

    def valeurs_actuelles(self, actuel, form):
        return {"titre": actuel.candidature.titre}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        perimetre = self.objet.perimetre
        choisis = [d.pk for d in perimetre.departements.all()] if perimetre else []
        chez_soi = choisis[0] if choisis else departement_propre(self.request.user.organisme)
        form.fields["perimetre"].widget.departement = chez_soi
        return form

    def get_initial(self):
        return super().get_initial() | {
            "titre": self.objet.titre,
            "perimetre": self.objet.perimetre,
            **emprises.initiales(self.objet),
        }

    def get_context_data(self, **kwargs):
        sans_pilote = self.objet.service_pilote_id is None
        propose = pilotage.services(self.objet).pilote if sans_pilote else None
        parcelles = emprises.parcelles_tenues(self.objet)
        return super().get_context_data(
            pilote_propose=propose,
            carte=emprises.carte(self.objet, parcelles),
            parcelles=parcelles,
            annonce_visas=annonce(self.objet),
            visas_absents=visas_absents(self.objet),
            **kwargs,
        )

    def executer(self, form):
        perimetre = form.cleaned_data["perimetre"]
        return redaction.enregistrer_identite(
            titre=form.cleaned_data["titre"],
            perimetre=perimetre.en_arguments() if perimetre else None,
            trace=form.cleaned_data["trace"],
            parcelles=form.cleaned_data["parcelles"],
            **self.communs(form),
        )


class VueSection(VueEtape):
    template_name = "candidatures/dossiers/etape_section.html"
    form_class = rediger.FormulaireSection

    def get_form_kwargs(self):
        aide = formulaire(self.objet).aides.get(self.etape.cle) or self.etape.aide
        plus = {"libelle": self.etape.libelle, "aide": aide}
        return super().get_form_kwargs() | plus

    def get_form(self, form_class=None):
        form = VueFormulaire.get_form(self, form_class)
        champs = {"texte": f"section.{self.etape.cle}"}
        form.brancher_saisie(self._attributs_saisie(form, champs))
        return form

    def get_initial(self):
        return super().get_initial() | {"texte": self.partie.texte}

    def executer(self, form):
        return redaction.enregistrer_section(
            cle=self.etape.cle, texte=form.cleaned_data["texte"], **self.communs(form)
        )


class VueRessources(VueEtape):
    form_class = rediger.FormulaireRessources

    def get_initial(self):
        return super().get_initial() | {r.nature: r.texte for r in self.objet.ressources.all()}

    def valeurs_actuelles(self, actuel, form):
        return {r.nature: r.texte for r in actuel.candidature.ressources.all()}

    def executer(self, form):
        return redaction.enregistrer_ressources(textes=form.textes(), **self.communs(form))


class VueThemes(VueEtape):
    form_class = rediger.FormulaireThemes

    def get_initial(self):
        initial = super().get_initial()
        for famille in FamilleTheme:
            initial[famille.value] = [
                str(t.pk) for t in self.objet.themes.all() if t.famille == famille
            ]
        for champ in ("stade", "programmes", "blocages", "gouvernance"):
            initial[champ] = getattr(self.objet, champ)
        return initial

    def valeurs_actuelles(self, actuel, form):
        return {c: getattr(actuel.candidature, c) for c in ("stade", "blocages", "gouvernance")}

    def executer(self, form):
        donnees = form.cleaned_data
        return redaction.enregistrer_themes(
            themes=form.themes(),
            stade=donnees["stade"],
            programmes=donnees["programmes"],
            blocages=donnees["blocages"],
            gouvernance=donnees["gouvernance"],
            **self.communs(form),
        )


class VueLignes(VueEtape):
    """Projets, schémas, acteurs: rows replaced as a whole."""

    template_name = "candidatures/dossiers/etape_lignes.html"
    gabarit_conflit = template_name
    acces = ""
    champs = ()
    verbe = None

    def get_form_kwargs(self):
        stockees = getattr(self.objet, self.acces).all()
        return super().get_form_kwargs() | {
            "lignes": [{c: getattr(s, c) for c in ("cle", *self.champs)} for s in stockees]
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(stockees=getattr(self.objet, self.acces).all(), **kwargs)

    def valeurs_actuelles(self, actuel, form):
        return {}

    def executer(self, form):
        return type(self).verbe(lignes=form.lignes(), **self.communs(form))


class VueProjets(VueLignes):
    form_class = lignes.FormulaireProjets
    acces, champs = "projets", ("intitule", "porteur", "avancement")
    verbe = staticmethod(redaction.enregistrer_projets)


class VueSchemas(VueLignes):
    form_class = lignes.FormulaireSchemas
    acces, champs = "schemas", ("nature", "intitule", "etat", "annee")
    verbe = staticmethod(redaction.enregistrer_schemas)


class VueActeurs(VueLignes):
    form_class = lignes.FormulaireActeurs
    acces, champs = "acteurs", ("college", "nom", "attente")
    verbe = staticmethod(redaction.enregistrer_acteurs)


class VuePieces(VueEtape):
    form_class = rediger.FormulairePiece
    template_name = "candidatures/dossiers/etape_pieces.html"
    message = "La pièce est jointe au dossier."

    def get_form_kwargs(self):
        requises = [p.requise for p in self.demandees]
        jointes = [(r.cle, self.jointes[r.pk].nom) for r in requises if r.pk in self.jointes]
        plus = {"requises": requises, "jointes": jointes, "autre": self.autre_permise}
        return super().get_form_kwargs() | plus

    @property
    def autre_permise(self) -> bool:
        return champ_ouvert(self.objet, pieces.champ_piece(None))

    @property
    def jointes(self) -> dict:
        return {p.piece_requise_id: p for p in self.objet.pieces.all() if p.piece_requise_id}

    @property
    def demandees(self):
        """The pieces of this call; during a request for compléments, those it names."""
        toutes = formulaire(self.objet).pieces
        return [p for p in toutes if champ_ouvert(self.objet, f"piece:{p.cle}")]

    def get_initial(self):
        """The piece asked for by the address, else the first one that is missing; during a request
        for compléments, the first that it names.
        """
        absentes = [p.cle for p in self.demandees if p.pk not in self.jointes]
        nommees = [] if self.autre_permise else [p.cle for p in self.demandees]
        voulue = self.request.GET.get("piece")
        permises = {p.cle for p in self.demandees} | {"autre"}
        defaut = next(iter(absentes or nommees), "autre")
        return {"piece": voulue if voulue in permises else defaut}

    def executer(self, form):
        fichier = form.cleaned_data["fichier"]
        try:
            return pieces.joindre(
                candidature=self.objet,
                nom=fichier.name,
                octets=fichier.read(),
                piece_requise=form.piece_requise(),
                par=self.request.user,
            )
        except ActionInterdite as refus:  # Closed since the page was read: said beside the field.
            raise ErreurMetier(refus.message, champ="piece") from None

    def url_retour(self):
        return url_de(self.objet, "pieces")

    def get_context_data(self, **kwargs):
        jointes = self.jointes
        autres = [
            p for p in self.objet.pieces.all() if p.piece_requise_id is None and not p.question
        ]
        return super().get_context_data(
            lignes=[(r, jointes.get(r.pk)) for r in self.demandees],
            autres=autres,
            autre_permise=self.autre_permise,
            demandee_en_plus=self.objet.etat == EtatCandidature.A_COMPLETER
            and not self.autre_permise,
            remplacees=pieces.remplacees(self.objet),
            **kwargs,
        )


def depot(request, reference, etape):
    """The last step: what is missing, beside the button."""
    if request.method not in ("GET", "HEAD"):
        raise Http404
    candidature = charger_modifiable(request, reference)
    garder_communes(candidature.perimetre)
    contexte = contexte_entete(request, candidature) | {
        "etape": replace(PAR_SLUG["depot"], libelle=nom_de(candidature, PAR_SLUG["depot"])),
        "menu": menu(candidature, "depot"),
        "manques": manques(candidature),
        "eligibilite": eligibilite.lignes(candidature),
        "avertissements": avertissements(candidature),
        "peut_deposer": droits.peut_deposer(request.user, candidature),
        "a_completer": candidature.etat == EtatCandidature.A_COMPLETER,
        "intention": intention(candidature, request.user),
        "fermeture": fermeture_en_mots(candidature),
    }
    return render(request, "candidatures/dossiers/depot.html", contexte)


VUES = {
    "identite": VueIdentite.as_view(),
    "ressources-propres": VueRessources.as_view(),
    "projets": VueProjets.as_view(),
    "schemas": VueSchemas.as_view(),
    "themes": VueThemes.as_view(),
    "acteurs": VueActeurs.as_view(),
    "pieces": VuePieces.as_view(),
    "depot": depot,
    **{cle.value.replace("_", "-"): VueSection.as_view() for cle in CleSection},
}


@vers_le_dossier
def etape(request, reference, etape):
    """GET shows the step, POST saves it."""
    if etape not in VUES:
        raise Http404
    return VUES[etape](request, reference=reference, etape=etape)


etape.vue_pour = lambda reference, etape: VUES.get(etape)


class VueSaisieNote(VueSaisie):
    """One field of the note, saved as it is typed."""

    def charger(self):
        """Its name only: the verb reads, checks and locks it in one query."""
        return Candidature(reference=self.kwargs["reference"])

    def enregistrer(self, objet, champ, valeur, revision):
        par = self.request.user
        try:
            return revisions.enregistrer_champ(
                candidature=objet, champ=champ, valeur=valeur, revision=revision, par=par
            )
        except ActionInterdite as refus:
            tenue = revisions.deja_tenue(candidature=objet, champ=champ, valeur=valeur, par=par)
            if tenue is not None:
                return tenue
            raise expliquer_refus(par, objet.reference, refus) from None
