/** One field of an autosaved form: its value, its revision, what the server answered. See saisie.js. */

import { essayer } from "./saisie-envoi.js";
import { accoler, fondreCases, fusionner } from "./saisie-fusion.js";
import { suivreMenu } from "./saisie-menu.js";

const DELAI = 700;
const ENVOYEES = 5;
const normaliser = (texte) => texte.replaceAll("\r\n", "\n").trim();
const liste = (valeur) => (valeur ? valeur.split("\n") : []);

export class Champ {
  constructor(saisie, nom, { champ, revision }) {
    Object.assign(this, { saisie, nom, champ, revision, envoyees: [], conflit: null, vol: null, etat: "", refus: null });
    this.cle = `${saisie.prefixe}${champ}`;
    this.acquise = this.lire(true);
    this.base = this.acquise; // What this page’s text was written from: it arbitrates a merge.
  }

  get elements() {
    return [...this.saisie.formulaire.querySelectorAll(`[name="${CSS.escape(this.nom)}"]`)];
  }

  /** A picker whose boxes come and go: it carries the name of the field. */
  get widget() {
    return this.saisie.formulaire.querySelector(`[data-selecteur-perimetre][data-nom="${CSS.escape(this.nom)}"]`);
  }

  get groupe() {
    const premier = this.elements[0];
    if (this.widget) return this.widget;
    return premier?.closest("fieldset.fr-fieldset, .fr-input-group, .fr-select-group") || premier?.parentElement || this.saisie.formulaire;
  }

  get libelle() {
    const titre = this.widget?.querySelector("[data-combobox]").labels?.[0] ?? this.groupe.querySelector("legend, label");
    return titre?.firstChild?.textContent.trim() || titre?.textContent.trim() || "";
  }

  get enCases() {
    return this.elements[0]?.type === "checkbox" || Boolean(this.widget);
  }

  /** Several boxes give one value per line. `defaut`: what the server wrote in the page. */
  lire(defaut = false) {
    const elements = this.elements;
    if (!elements.length) return "";
    if (["checkbox", "radio"].includes(elements[0].type)) {
      return elements.filter((e) => (defaut ? e.defaultChecked : e.checked)).map((e) => e.value).join("\n");
    }
    if (elements[0].tagName === "SELECT" && defaut) {
      const options = [...elements[0].options];
      return (options.find((o) => o.defaultSelected) ?? options[0])?.value ?? "";
    }
    return defaut ? elements[0].defaultValue : elements[0].value;
  }

  /** False when the page cannot show this value (a box that it does not have). */
  ecrire(valeur) {
    const elements = this.elements;
    if (elements[0] && !["checkbox", "radio"].includes(elements[0].type)) {
      elements[0].value = valeur;
      elements[0].dispatchEvent(new Event("saisie:ecrit")); // A widget that shows it otherwise follows.
    }
    else elements.forEach((e) => (e.checked = liste(valeur).includes(e.value)));
    return normaliser(this.lire()) === normaliser(valeur);
  }

  get differe() {
    return normaliser(this.lire()) !== normaliser(this.acquise);
  }

  garder() {
    const { revision, envoyees } = this;
    const valeur = this.lire();
    const dit = { libelle: this.libelle, lisible: this.lisible(valeur), page: location.pathname };
    const gardee = { valeur, revision, envoyees, base: this.base, quand: Date.now(), ...dit };
    essayer(() => localStorage.setItem(this.cle, JSON.stringify(gardee)));
  }

  /** Put back what was typed here: "rendue", "tenue" (the server has it) or "ailleurs" (no such box). */
  retrouver({ valeur, revision, envoyees = [], base = null }) {
    const avant = this.lire();
    if (!this.ecrire(valeur)) {
      this.ecrire(avant);
      return "ailleurs";
    }
    if (!this.differe) {
      this.oublier(); // The server holds it: the page knows its revision.
      return "tenue";
    }
    this.envoyees = envoyees;
    if (!this.envoyee(this.acquise) && revision < this.revision) Object.assign(this, { revision, base });
    return "rendue";
  }

  /** Sent from here, and its answer never came back. */
  envoyee(texte) {
    return this.envoyees.some((e) => normaliser(e) === normaliser(texte));
  }

  oublier() {
    essayer(() => localStorage.removeItem(this.cle));
  }

  modifie(delai = DELAI) {
    if (this.differe || this.conflit) this.garder();
    clearTimeout(this.minuteur);
    if (!this.conflit) this.minuteur = setTimeout(() => this.envoyer(), delai);
    else this.annoncer("saisie:mien", { mien: this.lisible(this.lire()) });
  }

  /** One sending at a time; true when the server holds what is on the page. */
  async envoyer() {
    clearTimeout(this.minuteur);
    while (this.vol) await this.vol;
    if (this.conflit) return false;
    if (!this.differe && !this.aVider) {
      this.oublier();
      this.passer("");
      return true;
    }
    this.aVider = false;
    this.vol = this.tenter(this.lire());
    const reussi = await this.vol;
    this.vol = null;
    return reussi && this.differe ? this.envoyer() : reussi;
  }

  async tenter(valeur, dernier = false) {
    this.envoyees = [...this.envoyees, valeur].slice(-ENVOYEES);
    this.garder(); // Should the page close now, the next one knows that this was sent.
    this.passer("envoi");
    const reponse = await this.saisie.poster(this.champ, valeur, this.revision);
    const { statut, donnees } = reponse;
    if (statut === 200) return this.acquerir(valeur, donnees);
    if (statut === 409) return this.diverger(valeur, donnees);
    if (statut === 401) return this.passer("session", donnees.message);
    if (statut === 403 && !donnees && !dernier) return this.tenter(valeur, true); // New CSRF cookie.
    if (statut === 422 || (statut === 403 && donnees)) return this.refuser(donnees.message);
    if (statut === 403) return this.passer("session", "Votre session a expiré.");
    if (statut === 404) return this.refuser("Ce dossier n’est plus accessible.");
    return this.passer(statut ? "panne" : "hors");
  }

  acquerir(valeur, { revision, heure }) {
    if (!normaliser(this.acquise) !== !normaliser(valeur)) suivreMenu(); // Filled or emptied: the step may be done.
    Object.assign(this, { revision, acquise: valeur, base: valeur, envoyees: [] });
    this.saisie.heure = heure;
    this.signaler("");
    if (this.differe) this.garder();
    else this.oublier();
    this.passer("enregistre");
    return true;
  }

  diverger(valeur, detail) {
    const suiteDeMoi = detail.actuel && normaliser(valeur).startsWith(detail.actuel);
    if (detail.moi && (suiteDeMoi || this.envoyee(detail.actuel))) {
      this.revision = detail.revision; // My own earlier text, whose answer never came back.
      this.acquise = this.base = detail.actuel;
      return this.tenter(valeur);
    }
    if (!detail.actuel && (this.tenu || (this.videIci && detail.moi))) {
      this.revision = detail.revision; // The author chose for the whole row, or emptied it here.
      return this.tenter(valeur);
    }
    if (this.enCases && this.base !== null && !this.elements[0].lisibleDe && this.reunir(detail)) return this.tenter(this.lire());
    this.conflit = detail;
    this.garder();
    this.passer("conflit");
    const element = this.elements[0];
    const fusion = Boolean(element) && element.type !== "radio" && element.tagName !== "SELECT";
    const textes = { autre: this.lisible(detail.actuel), mien: this.lisible(this.lire()) };
    this.annoncer("saisie:conflit", { ...textes, fusion, titre: this.ligneVidee(detail, valeur), ...detail });
    return false;
  }

  /** Boxes ticked by both meet without a question; false when the page lacks one of the other’s. */
  reunir({ actuel, revision, par, moi }) {
    const avant = this.lire();
    if (!this.ecrire(fondreCases(actuel, avant, this.base))) {
      this.ecrire(avant);
      return false;
    }
    Object.assign(this, { revision, acquise: actuel, base: actuel, envoyees: [] });
    this.dire(`Vos choix et ceux ${moi || !par ? "enregistrés entre-temps" : `de ${par}`} sont réunis.`);
    return true;
  }

  dire(phrase) {
    this.dit?.remove();
    this.dit = Object.assign(document.createElement("p"), { className: "fr-message fr-message--info", textContent: phrase });
    this.dit.setAttribute("role", "status");
    this.groupe.append(this.dit);
  }

  /** One emptied the row while the other filled it: the panel says which. */
  ligneVidee({ actuel, par, moi }, valeur) {
    if (!this.elements[0]?.closest("[data-saisie-ligne]") || (actuel && valeur)) return "";
    const qui = moi || !par ? "On" : par;
    return actuel ? `${qui} a complété cette ligne pendant que vous la vidiez.` : `${qui} a vidé cette ligne pendant que vous la complétiez.`;
  }

  /** Sent even when this page already shows it empty: a colleague may have filled it since. */
  vider() {
    this.ecrire("");
    this.aVider = this.videIci = true;
    this.modifie(0);
  }

  /** The row was emptied by a colleague: its other cells follow the choice made for one of them. */
  suivreLigne(choix) {
    if (choix === "autre") this.ecrire("");
    Object.assign(this, { acquise: "", base: "", tenu: true });
    if (choix !== "autre") this.modifie(0);
    else this.oublier();
  }

  annoncer(nom, detail) {
    this.groupe.dispatchEvent(new CustomEvent(nom, { bubbles: true, detail: { cle: this.champ, ...detail } }));
  }

  /** What a person reads of a value: the labels of the boxes and options. */
  lisible(valeur) {
    const elements = this.elements;
    if (elements[0]?.lisibleDe) return elements[0].lisibleDe(valeur);
    if (elements[0]?.tagName === "SELECT") return [...elements[0].options].find((o) => o.value === valeur)?.text ?? valeur;
    if (!elements[0] || !["checkbox", "radio"].includes(elements[0].type)) return valeur;
    const noms = new Map(elements.map((e) => [e.value, e.labels?.[0]?.textContent.trim()]));
    return liste(valeur).map((v) => noms.get(v) || v).join("\n");
  }

  choisir(choix) {
    const { actuel, revision } = this.conflit;
    const long = this.elements[0]?.tagName === "TEXTAREA";
    const mien = this.lire();
    const { base } = this;
    Object.assign(this, { conflit: null, revision, acquise: actuel, base: actuel, envoyees: [] });
    if (choix === "autre" && !this.ecrire(actuel)) {
      this.oublier();
      location.reload(); // The page lacks a box of the other's value.
      return;
    }
    if (choix === "deux" && this.enCases) {
      this.envoyerReunis(fondreCases(actuel, mien, base));
      return;
    }
    if (choix === "deux") this.ecrire(long ? fusionner(actuel, mien, base) : accoler(actuel, mien));
    this.elements[0]?.focus();
    this.modifie(0);
    if (choix === "autre") this.passer("enregistre");
  }

  /** A merge may hold a box that this page does not have: it is sent as it is, and the page reloaded. */
  async envoyerReunis(valeur) {
    if (this.ecrire(valeur)) return this.modifie(0);
    this.oublier();
    const { statut, donnees } = await this.saisie.poster(this.champ, valeur, this.revision);
    if (statut === 200) return location.reload();
    return this.refuser(donnees?.message ?? "La réunion des deux choix n’a pas été enregistrée.");
  }

  refuser(message) {
    this.widget?.dispatchEvent(new CustomEvent("saisie:refus", { detail: liste(this.acquise) })); // What may not go comes back.
    if (this.enCases && !this.differe) {
      this.oublier();
      this.signaler(message);
      return this.passer("");
    }
    this.garder();
    this.signaler(this.enCases ? `${message} Votre choix n’est pas enregistré.` : `${message} Votre texte reste sur ce poste.`);
    return this.passer("refus");
  }

  signaler(message) {
    this.refus?.remove();
    this.refus = null;
    if (!message) return;
    this.refus = document.createElement("p");
    this.refus.className = "fr-message fr-message--error";
    this.refus.setAttribute("role", "alert");
    this.refus.textContent = message;
    const choisis = this.widget?.querySelector("[data-choisis]");
    if (choisis) choisis.after(this.refus);
    else this.groupe.append(this.refus);
  }

  passer(etat, message = "") {
    this.etat = etat;
    this.message = message;
    this.saisie.afficher();
    if (["hors", "panne", "session"].includes(etat)) {
      this.garder();
      this.saisie.reprendrePlusTard();
    }
    return false;
  }
}
