// Picker of territories: an editable combobox with a list (ARIA APG), over plain checkboxes.
// Without this module the textarea of the same widget takes the same input.

const DELAI = 150;
const MINIMUM = 2;

class SelecteurPerimetre {
  constructor(racine) {
    this.racine = racine;
    this.nom = racine.dataset.nom;
    this.champ = racine.querySelector("[data-combobox]");
    this.liste = racine.querySelector("[data-liste]");
    this.choisis = racine.querySelector("[data-choisis]");
    this.annonce = racine.querySelector("[data-annonce]");
    this.actif = -1;
    this.resultats = [];
    this.installer();
  }

  installer() {
    const sansJs = this.racine.querySelector("[data-sans-js]");
    const texte = sansJs.querySelector("textarea");
    if (texte.value.trim() || texte.disabled) return; // Keep what was typed without JavaScript.
    this.champ.id = texte.id; // The label and the error link now lead to the combobox.
    const decrit = texte.getAttribute("aria-describedby")?.replace(`${texte.id}_regle`, "").trim();
    if (decrit) this.champ.setAttribute("aria-describedby", decrit);
    sansJs.remove();
    const demande = location.hash === `#${this.champ.id}`; // A link of « ce qu’il manque » leads here.
    this.racine.querySelector("[data-avec-js]").hidden = false;
    if (demande) this.champ.focus();
    this.champ.addEventListener("input", () => this.attendre());
    this.champ.addEventListener("input", () => this.oublier());
    // Before the autosave leaves the page: what is typed here and not chosen is in no field.
    this.racine.closest("form")?.addEventListener("submit", (e) => this.retenir(e), { capture: true });
    this.champ.addEventListener("keydown", (e) => this.touche(e));
    this.champ.addEventListener("blur", () => setTimeout(() => document.activeElement !== this.champ && this.fermer(), 150));
    this.liste.addEventListener("mousedown", (e) => {
      e.preventDefault();
      const option = e.target.closest("[role=option]");
      if (option) this.choisir(Number(option.dataset.rang));
    });
    this.choisis.addEventListener("change", (e) => this.retirer(e.target));
    this.retirees = new Map();
    this.racine.addEventListener("saisie:refus", (e) => this.rendre(e.detail));
    this.racine.querySelector("[data-zone-ajouter]")?.addEventListener("click", () => this.zone());
    this.racine.querySelector("[data-zone]")?.addEventListener("keydown", (e) => {
      if (e.key === "Enter") { e.preventDefault(); this.zone(); }
    });
  }

  /** « beauval » typed and not chosen: said, with what it may be, rather than lost. */
  retenir(evenement) {
    const texte = this.champ.value.trim();
    if (!texte) return;
    evenement.preventDefault();
    evenement.stopImmediatePropagation();
    this.oublier();
    this.alerte = document.createElement("p");
    this.alerte.className = "fr-message fr-message--error fr-mt-1w";
    this.alerte.setAttribute("role", "alert");
    this.alerte.textContent = `«\u00a0${texte}\u00a0» n’est pas ajouté\u00a0: choisissez dans la liste, ou effacez ce texte pour continuer.`;
    this.champ.parentElement.after(this.alerte);
    this.champ.focus();
    this.chercher();
  }

  effacer() {
    this.champ.value = "";
    this.oublier();
  }

  oublier() {
    this.alerte?.remove();
    this.alerte = null;
  }

  attendre() {
    clearTimeout(this.attente);
    this.attente = setTimeout(() => this.chercher(), DELAI);
  }

  async chercher() {
    const texte = this.champ.value.trim();
    this.requete?.abort();
    if (texte.length < MINIMUM) return this.fermer();
    this.requete = new AbortController();
    try {
      const adresse = `${this.racine.dataset.recherche}${encodeURIComponent(texte)}`;
      const reponse = await fetch(adresse, { signal: this.requete.signal });
      if (!reponse.ok) throw new Error(reponse.status);
      this.afficher((await reponse.json()).resultats);
    } catch (erreur) {
      if (erreur.name === "AbortError") return;
      this.fermer();
      this.dire("La recherche n’a pas abouti. Réessayez dans un instant.");
    }
  }

  afficher(resultats) {
    this.resultats = resultats;
    this.actif = -1;
    this.champ.removeAttribute("aria-activedescendant");
    this.liste.replaceChildren(...resultats.map((r, rang) => this.option(r, rang)));
    const ouvert = resultats.length > 0;
    this.liste.hidden = !ouvert;
    this.champ.setAttribute("aria-expanded", String(ouvert));
    const pluriel = resultats.length > 1 ? "s" : "";
    this.dire(ouvert ? `${resultats.length} territoire${pluriel} trouvé${pluriel}` : "Aucun territoire trouvé");
  }

  option(resultat, rang) {
    const option = document.createElement("li");
    option.id = `${this.liste.id}_${rang}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.rang = rang;
    const precision = document.createElement("span");
    precision.textContent = resultat.precision;
    option.append(resultat.nom, " ", precision);
    return option;
  }

  touche(evenement) {
    const ouvert = !this.liste.hidden;
    const n = this.resultats.length;
    const gestes = {
      ArrowDown: () => (ouvert ? this.activer((this.actif + 1) % n) : this.chercher()),
      ArrowUp: () => ouvert && this.activer(this.actif <= 0 ? n - 1 : this.actif - 1),
      Enter: () => ouvert && this.choisir(Math.max(this.actif, 0)),
      Escape: () => (ouvert ? this.fermer() : this.effacer()),
    };
    const geste = gestes[evenement.key];
    if (!geste) return;
    evenement.preventDefault(); // Enter must never send the whole form from here.
    geste();
  }

  activer(rang) {
    this.actif = rang;
    [...this.liste.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === rang)));
    this.champ.setAttribute("aria-activedescendant", this.liste.children[rang].id);
    this.liste.children[rang].scrollIntoView({ block: "nearest" });
  }

  choisir(rang) {
    const resultat = this.resultats[rang];
    if (!resultat) return;
    this.ajouter(resultat.code, resultat.nom, resultat.precision);
    this.champ.value = "";
    this.oublier();
    this.fermer();
    this.champ.focus();
  }

  ajouter(code, nom, precision) {
    const present = [...this.choisis.querySelectorAll("input")].some((i) => i.value === code);
    if (present) return this.dire(`${nom} est déjà choisi`);
    const ligne = document.createElement("li");
    ligne.className = "fr-checkbox-group";
    const case_ = document.createElement("input");
    Object.assign(case_, { type: "checkbox", name: this.nom, value: code, checked: true });
    case_.id = `${this.champ.id}_${code.replace(/[^A-Za-z0-9]/g, "-")}`;
    const etiquette = document.createElement("label");
    etiquette.htmlFor = case_.id;
    etiquette.className = "fr-label";
    const detail = document.createElement("span");
    detail.className = "fr-text--sm";
    detail.textContent = precision;
    etiquette.append(nom, " ", detail);
    ligne.append(case_, etiquette);
    this.choisis.append(ligne);
    this.signaler();
    this.dire(`${nom} ajouté`);
  }

  retirer(case_) {
    if (case_.checked) return;
    const nom = case_.labels[0]?.firstChild.textContent.trim() ?? "";
    this.retirees.set(case_.value, case_.closest("li"));
    case_.closest("li").remove();
    this.signaler();
    this.dire(`${nom} retiré`);
    this.champ.focus();
  }

  /** The server refused: what it still holds is in the list again. */
  rendre(codes) {
    for (const code of codes) {
      const ligne = this.retirees.get(code);
      if (!ligne || ligne.isConnected) continue;
      ligne.querySelector("input").checked = true;
      this.choisis.append(ligne);
    }
  }

  zone() {
    const nom = this.racine.querySelector("[data-zone]");
    const departement = this.racine.querySelector("[data-zone-departement]");
    if (!nom.value.trim()) return nom.focus();
    const libelle = departement.selectedOptions[0].textContent;
    this.ajouter(`Z${departement.value}:${nom.value.trim()}`, nom.value.trim(), `zone, ${libelle}`);
    nom.value = "";
    nom.focus();
  }

  fermer() {
    this.liste.hidden = true;
    this.actif = -1;
    this.champ.setAttribute("aria-expanded", "false");
    this.champ.removeAttribute("aria-activedescendant");
  }

  dire(phrase) {
    this.annonce.textContent = phrase;
  }

  signaler() {
    this.racine.dispatchEvent(new CustomEvent("perimetre:change", { bubbles: true }));
  }
}

export function installer(zone = document) {
  for (const racine of zone.querySelectorAll("[data-selecteur-perimetre]:not([data-pret])")) {
    racine.dataset.pret = "";
    new SelecteurPerimetre(racine);
  }
}

installer();
document.addEventListener("htmx:afterSettle", (e) => installer(e.target));
