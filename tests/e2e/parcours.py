"""One whole démarche driven in the browser: several people, axe at each page they open.

`Parcours` knows the screens, the three journeys tell the story of each dispositif.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from ateliers.cadrage.models import Contrat, SectionCahier, VisaCahier
from ateliers.parcours.models import Atelier
from ateliers.seances.models import Seance
from candidatures.dossiers.choix import CleSection
from candidatures.dossiers.models import Candidature
from candidatures.instruction.models import PublicationDecisions
from config.demo.lettres import lettre_pdf
from restitution.feuilles.models import Axe

PDF = {"name": "lettre.pdf", "mimeType": "application/pdf"}


class Acteur:
    """A person of the cast; every page opened through `ouvrir` is checked by axe."""

    def __init__(self, visiteur, adresse):
        self.visiteur = visiteur(adresse) if adresse else visiteur()
        self.page = self.visiteur.page
        # PDFs are made inside the request here: a slow machine needs the time.
        self.page.set_default_timeout(60_000)

    def ouvrir(self, nom, *args):
        chemin = nom if nom.startswith("/") else reverse(nom, args=args)
        self.visiteur.aller(chemin)
        assert (chemin, self.visiteur.violations()) == (chemin, [])
        return self.page

    def saisir(self, adresse, /, *args, bouton, cocher=(), choisir=None, confirmer="", **champs):
        """Open a form, fill it by field name, send it with the button `bouton`.

        `confirmer` names the box that the first answer asks to tick.
        """
        page = self.ouvrir(adresse, *args)
        for cle, valeur in (choisir or {}).items():
            page.select_option(f"main [name={cle}]", **valeur)
        for cle, valeur in champs.items():
            page.fill(f"main [name={cle}]", str(valeur))
        page.evaluate("document.querySelectorAll('details.repli').forEach((d) => (d.open = true))")
        for selecteur in cocher:
            page.locator(selecteur).first.check(force=True)
        self.envoyer(bouton)
        if confirmer:
            page.locator(f"main [name=confirmer_{confirmer}]").check(force=True)
            self._garder_la_date()
            self.envoyer(bouton)
        erreurs = page.locator("[data-resume-erreurs]").all_inner_texts()
        assert not erreurs, (adresse, erreurs)
        return page

    def _garder_la_date(self):
        """Held in a few days, or on a holiday of this year: kept all the same, asked at once."""
        for cle in ("duree", "espacement", "conflits"):
            case = self.page.locator(f"main [name=confirmer_{cle}]")
            if case.count():
                case.check(force=True)

    def envoyer(self, bouton):
        """Click the button of a form, its disclosure first when it asks for a confirmation."""
        page = self.page
        volet = page.locator("main summary", has_text=re.compile(f"^\\s*{re.escape(bouton)}\\s*$"))
        if volet.count():
            volet.first.click()
            cible = volet.first.locator("xpath=..").locator("button[type=submit]")
        else:
            cible = page.locator("main").get_by_role("button", name=bouton)
        with page.expect_navigation():
            cible.first.click()

    def agir(self, nom, *args, bouton):
        self.ouvrir(nom, *args)
        self.envoyer(bouton)


class Parcours:
    """The steps common to the three dispositifs."""

    def __init__(self, visiteur, distribution, appel):
        self.distribution, self.appel = distribution, appel
        noms = ("dgaln", "ddt", "dreal", "collectivite", "equipe", "evaluateur")
        self.dgaln, self.ddt, self.dreal, self.collectivite, self.equipe, self.evaluateur = (
            Acteur(visiteur, getattr(distribution, nom).email) for nom in noms
        )

    # Candidature

    def ecrire_la_candidature(self, titre, communes):
        self.ddt.saisir(
            "candidatures:creer",
            self.appel.slug,
            titre=titre,
            bouton="Commencer la candidature",
        )
        self.candidature = Candidature.objects.get(titre=titre)
        reference = self.candidature.reference
        self.ddt.saisir(
            "candidatures:inviter",
            reference,
            recherche=self.distribution.collectivite.organisme.nom,
            bouton="Inviter cet organisme",
        )
        self._choisir_le_perimetre(reference, communes)
        for cle in CleSection.values:
            self.collectivite.saisir(
                "candidatures:etape",
                reference,
                cle.replace("_", "-"),
                texte=f"Ce que le territoire écrit de « {cle} », à quatre mains.",
                bouton="Enregistrer et continuer",
            )
        self._decrire_le_territoire(reference)
        self._joindre_les_pieces(reference)

    def _choisir_le_perimetre(self, reference, communes):
        page = self.ddt.ouvrir("candidatures:etape", reference, "identite")
        for commune in communes:
            page.get_by_label("Périmètre", exact=True).fill(commune)
            page.wait_for_selector("[role=option]")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        self.ddt.envoyer("Enregistrer et continuer")

    def _decrire_le_territoire(self, reference):
        continuer = "Enregistrer et continuer"
        self.collectivite.saisir(
            "candidatures:etape",
            reference,
            "ressources-propres",
            naturelles="Une rivière et ses prairies.",
            bouton=continuer,
        )
        self.collectivite.saisir(
            "candidatures:etape",
            reference,
            "themes",
            cocher=["main input[name=territoriales]"],
            choisir={"stade": {"value": "reflexion"}},
            bouton=continuer,
        )
        page = self.collectivite.ouvrir("candidatures:etape", reference, "acteurs")
        page.locator("main [name$=-college]").first.select_option("associations")
        page.locator("main [name$=-nom]").first.fill("Les amis de la rivière")
        self.collectivite.envoyer(continuer)

    def _joindre_les_pieces(self, reference):
        for requise in self.appel.dispositif.pieces.filter(obligatoire=True):
            chemin = reverse("candidatures:etape", args=[reference, "pieces"])
            page = self.collectivite.ouvrir(f"{chemin}?piece={requise.cle}")
            octets = lettre_pdf(requise.libelle, "Essai", "Commune")
            page.set_input_files("main [name=fichier]", {**PDF, "buffer": octets})
            self.collectivite.envoyer("Joindre ce fichier")

    def deposer(self):
        reference = self.candidature.reference
        self.collectivite.agir(
            "candidatures:etape", reference, "depot", bouton="Déposer la candidature"
        )
        assert self._etat() == "deposee"

    def _etat(self):
        self.candidature.refresh_from_db()
        return self.candidature.etat

    def instruire_et_retenir(self):
        reference, dgaln = self.candidature.reference, self.dgaln
        dgaln.agir("candidatures:instruire", reference, bouton="Déclarer recevable")
        evaluateur = self.distribution.evaluateur
        dgaln.saisir(
            "candidatures:confier",
            reference,
            cocher=[f"main input[name=evaluateurs][value='{evaluateur.pk}']"],
            bouton="Confier le dossier",
        )
        dgaln.agir("candidatures:instruire", reference, bouton="Mettre en évaluation")
        page = self.evaluateur.ouvrir("candidatures:lire", reference)
        for _ in range(self.appel.grille.criteres.count()):
            page.keyboard.press("4")  # notes the open criterion, then opens the next one
        self.evaluateur.envoyer("Enregistrer le brouillon")
        self.evaluateur.agir("candidatures:lire", reference, bouton="Déposer mon évaluation")
        self.evaluateur.envoyer("Confirmer le dépôt")
        dgaln.saisir(
            "candidatures:preparer_decision",
            reference,
            cocher=["main input[name=sens][value=retenue]"],
            motif="Une question bien posée, portée à deux.",
            bouton="Préparer la décision",
        )
        assert self._etat() == "en_evaluation"
        page = dgaln.ouvrir("candidatures:decisions")
        page.get_by_role("link", name="Publier 1 décision et envoyer 2 lettres").click()
        for case in page.locator("main input[name^=confirmer_]").all():
            case.check(force=True)
        dgaln.envoyer("Publier 1 décision et envoyer 2 lettres")
        assert self._etat() == "retenue"

    # Atelier

    def ouvrir_l_atelier(self):
        self.ddt.agir("ateliers:ouvrables", bouton="Ouvrir l’atelier")
        self.atelier = Atelier.objects.get(candidature=self.candidature)
        self.slug = self.atelier.slug

    def cadrer(self, *, nature):
        slug, jour = self.slug, date.today() - timedelta(days=2)
        vides = SectionCahier.objects.filter(cahier__atelier=self.atelier, texte="")
        for cle in list(vides.values_list("cle", flat=True)):
            self.ddt.saisir(
                "ateliers:cahier_section",
                slug,
                cle,
                texte="Animer les séances et remettre un carnet après chacune.",
                bouton="Enregistrer et revenir au plan",
            )
        self.faire_viser(slug)
        if self.atelier.dispositif.avec_appel_equipes:
            self.ddt.saisir(
                "ateliers:appel_equipes",
                slug,
                reference_place="PLACE-2026-17",
                publie_le=timezone.localdate().isoformat(),
                bouton="Consigner l’appel",
            )
        self.ddt.saisir(
            "ateliers:equipe",
            slug,
            choisir={"mandataire": {"value": str(self.distribution.equipe.organisme_id)}},
            **self.motif_du_choix(),
            bouton="Désigner l’équipe",
        )
        self.ddt.saisir(
            "ateliers:contrat_nouveau",
            slug,
            choisir={"nature": {"value": nature}},
            numero="2026-01",
            montant_ht="19800",
            bouton="Préparer le contrat",
        )
        contrat = self.atelier_contrat()
        self.ddt.saisir(
            "ateliers:contrat_notifier",
            slug,
            contrat.pk,
            notifie_le=jour.isoformat(),
            bouton="Notifier le contrat",
            **self.acte_garde_ailleurs(),
        )
        self.atelier.refresh_from_db()
        assert self.atelier.etat == "en_cours"

    def motif_du_choix(self):
        """Asked where the team comes of a consultation that was not kept here."""
        if not self.atelier.dispositif.avec_appel_equipes:
            return {}
        return {"motif": "Première au classement de la commission."}

    def acte_garde_ailleurs(self):
        """After a call, notifying without the signed acte asks for a confirmation."""
        appel = self.atelier.dispositif.avec_appel_equipes
        return {"confirmer": "notification_acte"} if appel else {}

    def faire_viser(self, slug):
        """The pilot submits the text; each service of the circuit reads it and signs."""
        self.ddt.agir("ateliers:cahier", slug, bouton="Soumettre aux visas")
        attendus = VisaCahier.objects.filter(version__cahier__atelier=self.atelier)
        roles = {"pilote": self.ddt, "dreal": self.dreal, "dgaln": self.dgaln}
        for niveau in list(attendus.order_by("ordre").values_list("niveau", flat=True)):
            roles[niveau].agir("ateliers:cahier_version", slug, 1, bouton="Donner le visa")
        assert set(attendus.values_list("etat", flat=True)) == {"donne"}

    def atelier_contrat(self):
        return Contrat.objects.get(atelier=self.atelier)

    def seance(self, genre, rang=None):
        return Seance.objects.filter(atelier=self.atelier, genre=genre, rang=rang).first() or (
            Seance.objects.filter(atelier=self.atelier, genre=genre).first()
        )

    def tenir(self, genre, rang=None, *, il_y_a):
        """Schedule a séance on a past day, as a pilot who writes it down late, and hold it."""
        seance, slug = self.seance(genre, rang), self.slug
        # The journey lasts a minute: its decision, opening and contract are put a year back.
        avant = timezone.now() - timedelta(days=400)
        PublicationDecisions.objects.update(publiee_le=avant)
        Atelier.objects.update(ouvert_le=avant.date())
        Contrat.objects.update(notifie_le=avant.date())
        jour = (date.today() - timedelta(days=il_y_a)).isoformat()
        self.ddt.saisir(
            "ateliers:seance_programmer",
            slug,
            seance.pk,
            jour_debut=jour,
            heure_debut="09:30",
            jour_fin=jour,
            heure_fin="17:00",
            lieu="Salle des fêtes",
            confirmer="date_passee",
            bouton="Programmer la séance",
        )
        self.ddt.saisir("ateliers:seance_tenir", slug, seance.pk, bouton="Déclarer la séance tenue")
        seance.refresh_from_db()
        assert seance.etat == "tenue"
        return seance

    def recueillir(self, seance, texte):
        page = self.equipe.ouvrir("ateliers:contributions", self.slug, seance.pk)
        page.fill("main [name=texte]", texte)
        page.get_by_role("button", name="Ajouter la contribution").click()
        page.wait_for_selector(f"text={texte}")

    def designer_un_site(self, nom):
        self.equipe.saisir(
            "ateliers:site_nouveau",
            self.slug,
            nom=nom,
            choisir={"commune": {"index": 1}, "genre": {"value": "friche"}},
            bouton="Enregistrer la fiche",
        )

    # Feuille de route

    def ecrire_la_feuille(self, action):
        slug = self.slug
        self._ouvrir_la_feuille()
        self.equipe.saisir(
            "restitution:feuille_vision",
            slug,
            vision="Un bourg qui se rend possible.",
            bouton="Enregistrer la vision",
        )
        self.collectivite.saisir(
            "restitution:axe_nouveau",
            slug,
            titre="Habiter",
            texte="Avant de bâtir.",
            bouton="Enregistrer l’axe",
        )
        axe = Axe.objects.get(feuille__atelier=self.atelier)
        self.collectivite.saisir(
            "restitution:action_nouvelle",
            slug,
            axe.pk,
            titre=action,
            portage_elu="Maire de Doullens",
            portage_etat="DDTM de la Somme",
            bouton="Enregistrer l’action",
        )

    def _ouvrir_la_feuille(self):
        self.equipe.ouvrir("restitution:feuille", self.slug)
        if self.equipe.page.get_by_role("button", name="Ouvrir la feuille de route").count():
            self.equipe.envoyer("Ouvrir la feuille de route")

    def engager(self):
        slug, hier = self.slug, (date.today() - timedelta(days=1)).isoformat()
        self.ddt.saisir("restitution:valider", slug, tenue_le=hier, bouton="Valider techniquement")
        self.collectivite.saisir(
            "restitution:approuver",
            slug,
            numero="D-12",
            adoptee_le=hier,
            bouton="Enregistrer la délibération",
        )
        for acteur, cote, nom in (
            (self.collectivite, "elu", "Jeanne Vidal"),
            (self.ddt, "etat", "Antoine Séverac"),
        ):
            acteur.saisir(
                "restitution:signer",
                slug,
                cote,
                nom=nom,
                qualite="Présidente",
                choisir={"organisme": {"value": "autre"}},
                autre="Communauté de communes",
                engagement="Porter les actions et en rendre compte chaque année.",
                signe_le=hier,
                bouton="Enregistrer la signature",
            )
        self.ddt.agir("restitution:engagement", slug, bouton="Officialiser la feuille de route")
        self.ddt.agir("restitution:engagement", slug, bouton="Publier la feuille de route")

    def telecharger_le_pdf(self):
        """The collectivité follows the link of the public page; returns the PDF's bytes."""
        page = self.collectivite.ouvrir("restitution:feuille_publique", self.slug)
        lien = page.locator("main a.fr-link--download").first.get_attribute("href")
        reponse = page.context.request.get(self.collectivite.visiteur.racine + lien)
        assert (reponse.status, reponse.headers["content-type"]) == (200, "application/pdf")
        return reponse.body()
