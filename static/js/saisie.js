/**
 * Autosave of a form marked data-saisie, field by field, each with its revision number.
 * What the server has not acknowledged stays in this browser (per person, address and field) and is
 * sent again on return, on reconnection and after signing in. A newer value is never overwritten.
 */

import { Champ } from "./saisie-champ.js";
import { blocGardee, essayer, gardees, poster, prefixe, utilisateur } from "./saisie-envoi.js";

const REPRISE = 4000;
const GARDE_JOURS = 30;
const CONNEXION = "/connexion/";

class Saisie {
  constructor(formulaire) {
    this.formulaire = formulaire;
    this.url = formulaire.dataset.saisie;
    this.prefixe = prefixe(this.url);
    this.champs = new Map();
    this.heure = "";
    this.ligne = document.createElement("p");
    this.ligne.className = "saisie-etat fr-text--sm";
    this.ligne.setAttribute("role", "status");
    formulaire.append(this.ligne);
    for (const [nom, donnees] of Object.entries(JSON.parse(formulaire.dataset.saisieChamps))) this.ajouter(nom, donnees);
    if (formulaire.dataset.saisieLignes) this.installerLignes();
    this.ecouter();
    this.retablir();
  }

  ajouter(nom, donnees) {
    const champ = new Champ(this, nom, donnees);
    this.champs.set(nom, champ);
    return champ;
  }

  ecouter() {
    const touche = (evenement, delai) => this.trouver(evenement.target)?.modifie(delai);
    this.formulaire.addEventListener("input", (e) => touche(e));
    this.formulaire.addEventListener("change", (e) => touche(e, 0));
    this.formulaire.addEventListener("focusout", (e) => touche(e, 0));
    this.formulaire.addEventListener("perimetre:change", (e) => touche(e, 0));
    this.formulaire.addEventListener("submit", (e) => this.continuer(e));
    this.formulaire.addEventListener("saisie:choix", (e) => {
      const champ = [...this.champs.values()].find((c) => c.champ === e.detail.cle);
      const videe = champ?.conflit && !champ.conflit.actuel;
      champ?.choisir(e.detail.choix);
      const ligne = videe && e.target.closest("[data-saisie-ligne]");
      if (ligne) this.textes(ligne).filter((c) => c !== champ).forEach((c) => c.suivreLigne(e.detail.choix));
    });
    addEventListener("online", () => this.toutEnvoyer());
    addEventListener("online", () => this.afficher());
    addEventListener("offline", () => this.afficher());
    addEventListener("focus", () => this.reprendre());
    addEventListener("pagehide", () => this.toutEnvoyer());
    document.addEventListener("visibilitychange", () => document.hidden || this.reprendre());
  }

  /** A widget of several inputs (the perimeter) is found by the name that it carries. */
  trouver(element) {
    const nom = element.name || "";
    return this.champs.get(nom) ?? this.champs.get(element.closest?.("[data-nom]")?.dataset.nom ?? "");
  }

  /** What was typed and never acknowledged comes back; what belongs to another page is sent as it is. */
  retablir() {
    let rendues = 0;
    const parChamp = new Map([...this.champs.values()].map((c) => [c.champ, c]));
    for (const [cle, nom, gardee] of gardees(this.url)) {
      const champ = parChamp.get(nom) ?? this.lignePour(nom);
      const suite = champ ? champ.retrouver(gardee) : "ailleurs";
      if (suite === "ailleurs") this.envoyerAilleurs(cle, nom, gardee);
      if (suite !== "rendue") continue;
      rendues += 1;
      champ.modifie(0);
    }
    if (rendues) this.annoncer("Votre saisie non enregistrée a été rétablie.");
  }

  /** A text of another step, or boxes that this page does not have: sent, or shown with the reason. */
  async envoyerAilleurs(cle, nom, gardee) {
    const reponse = await this.poster(nom, gardee.valeur, gardee.revision);
    if (reponse.statut === 200) {
      essayer(() => localStorage.removeItem(cle));
      if (gardee.page === location.pathname) location.reload();
      else this.annoncer(`${gardee.libelle || "Un champ d’une autre étape"} : ce que vous aviez tapé est enregistré.`);
    } else this.formulaire.prepend(blocGardee(cle, nom, gardee, reponse));
  }

  annoncer(phrase) {
    const boite = document.createElement("div");
    boite.className = "fr-alert fr-alert--info fr-alert--sm fr-mb-3w";
    boite.setAttribute("role", "status");
    boite.append(Object.assign(document.createElement("p"), { textContent: phrase }));
    this.formulaire.prepend(boite);
  }

  poster(champ, valeur, revision) {
    return poster(this.url, champ, valeur, revision);
  }

  toutEnvoyer() {
    return Promise.all([...this.champs.values()].map((c) => (c.differe && !c.conflit ? c.envoyer() : !c.conflit)));
  }

  reprendre() {
    const attend = [...this.champs.values()].some((c) => ["hors", "panne", "session"].includes(c.etat));
    if (attend) this.toutEnvoyer();
  }

  reprendrePlusTard() {
    clearTimeout(this.minuteur);
    this.minuteur = setTimeout(() => this.reprendre(), REPRISE);
  }

  /** « Enregistrer et continuer »: nothing is left to send, then the next step, or the act itself. */
  async continuer(evenement) {
    if (this.acquis) return; // The form of an act (an avis to file): now it goes to the server.
    evenement.preventDefault();
    evenement.stopPropagation();
    const acquis = await this.toutEnvoyer();
    if (acquis.every(Boolean)) {
      if ("saisieActe" in this.formulaire.dataset) this.agir(evenement.submitter ?? undefined);
      else location.assign(this.formulaire.dataset.saisieSuite || location.pathname);
    } else this.formulaire.querySelector("[data-saisie-conflit], .fr-message--error")?.scrollIntoView({ block: "center" });
  }

  /** A form may not be sent again from within its own submit event: a turn later it may. */
  agir(bouton) {
    setTimeout(() => {
      this.acquis = true;
      this.formulaire.requestSubmit(bouton);
      this.acquis = false;
    }, 0);
  }

  afficher() {
    const etats = new Map([...this.champs.values()].map((c) => [c.etat, c]));
    const phrases = {
      session: () => this.sessionPerdue(etats.get("session").message),
      hors: () => "Hors connexion : votre texte est gardé sur ce poste.",
      panne: () => "Le serveur ne répond pas : votre texte est gardé sur ce poste.",
      conflit: () => "Un champ a deux textes : choisissez. Ce que vous tapez est gardé sur ce poste.",
      refus: () => "Un champ n’est pas enregistré : lisez le message à côté de lui.",
      envoi: () => "Enregistrement…",
    };
    // A field in conflict sends nothing: the network says whether it is cut.
    if (!navigator.onLine && etats.has("conflit")) etats.set("hors", null);
    const etat = Object.keys(phrases).find((nom) => etats.has(nom));
    const contenu = etat ? phrases[etat]() : this.heure && `Enregistré à ${this.heure}`;
    // What the page said of the last save is no longer the last one, or is denied by this line.
    for (const ancien of document.querySelectorAll("[data-enregistre]")) ancien.hidden = Boolean(this.heure || etat);
    this.ligne.dataset.etat = etat ?? (this.heure ? "enregistre" : "");
    if (this.phrase === contenu && typeof contenu === "string") return;
    this.phrase = contenu;
    this.ligne.replaceChildren(contenu || "");
  }

  sessionPerdue(message) {
    const lien = document.createElement("a");
    lien.href = `${CONNEXION}?next=${encodeURIComponent(location.pathname)}`;
    lien.target = "_blank";
    lien.rel = "noopener";
    lien.textContent = "Se reconnecter dans un nouvel onglet";
    const tout = document.createElement("span");
    tout.append(`${message} Votre texte est gardé sur ce poste. `, lien);
    return tout;
  }

  installerLignes() {
    this.zone = this.formulaire.querySelector("[data-saisie-zone]");
    this.zone.querySelectorAll("[data-saisie-ligne]").forEach((l) => this.preparerLigne(l));
    const bouton = this.formulaire.querySelector("[data-saisie-ajouter]");
    bouton.hidden = false;
    bouton.addEventListener("click", () => {
      const ligne = this.nouvelleLigne(cleNouvelle());
      ligne.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  }

  /** Removing a row empties its cells, each under its revision: what a colleague just typed stays. */
  preparerLigne(ligne) {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "fr-btn fr-btn--tertiary-no-outline fr-btn--sm fr-btn--icon-left fr-icon-delete-line";
    bouton.textContent = "Vider cette ligne";
    let gardees = null;
    bouton.addEventListener("click", () => {
      const champs = this.textes(ligne);
      const vidage = gardees === null;
      const valeurs = gardees;
      gardees = vidage ? champs.map((c) => c.lire()) : null;
      champs.forEach((c, rang) => {
        if (vidage) return c.vider();
        c.ecrire(valeurs[rang]);
        return c.modifie(0);
      });
      bouton.textContent = vidage ? "Rétablir cette ligne" : "Vider cette ligne";
    });
    // Emptied by hand, cell after cell: the same as with the button.
    ligne.addEventListener("change", (e) => {
      const champs = this.textes(ligne);
      if (!e.target.value && champs.every((c) => !c.lire())) champs.forEach((c) => c.vider());
    });
    ligne.append(bouton);
  }

  textes(ligne) {
    return [...ligne.querySelectorAll("input:not([type=hidden]), textarea")].map((e) => this.trouver(e)).filter(Boolean);
  }

  nouvelleLigne(cle) {
    const total = this.formulaire.querySelector("[name='lignes-TOTAL_FORMS']");
    const rang = Number(total.value);
    const gabarit = document.createElement("template");
    gabarit.innerHTML = this.formulaire.querySelector("[data-saisie-modele]").innerHTML.replaceAll("__prefix__", String(rang));
    const ligne = gabarit.content.firstElementChild;
    total.value = String(rang + 1);
    ligne.querySelector("[data-saisie-rang]").textContent = String(this.zone.children.length + 1);
    ligne.querySelector("[name$='-cle']").value = cle;
    this.zone.append(ligne);
    for (const element of ligne.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      const colonne = element.name.split("-").at(-1);
      this.ajouter(element.name, { champ: `${this.formulaire.dataset.saisieLignes}.${cle}.${colonne}`, revision: 0 });
    }
    this.preparerLigne(ligne);
    return ligne;
  }

  /** A row typed here and never acknowledged is not in the page: it is put back. */
  lignePour(nom) {
    const [genre, cle] = nom.split(".");
    if (!this.zone || genre !== this.formulaire.dataset.saisieLignes) return null;
    const chercher = () => [...this.champs.values()].find((c) => c.champ === nom);
    if (!chercher()) this.nouvelleLigne(cle);
    return chercher() ?? null;
  }
}

/** `crypto.randomUUID` only exists on secure addresses. */
function cleNouvelle() {
  const h = [...crypto.getRandomValues(new Uint8Array(16))].map((o, i) =>
    (i === 6 ? (o & 15) | 64 : i === 8 ? (o & 63) | 128 : o).toString(16).padStart(2, "0"),
  ).join("");
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join("-");
}

function purger() {
  const limite = Date.now() - GARDE_JOURS * 86_400_000;
  for (const cle of Object.keys(localStorage)) {
    if (cle.startsWith("saisie|") && !(JSON.parse(localStorage.getItem(cle))?.quand > limite)) localStorage.removeItem(cle);
  }
}

essayer(purger);
if (utilisateur) document.querySelectorAll("form[data-saisie]").forEach((f) => new Saisie(f));
