/**
 * Rows of a repeatable block: added, removed, and written as one text (one row per line, in JSON) in
 * the hidden field that the autosave knows. Without this module the rows are plain inputs.
 */

class Bloc {
  constructor(racine) {
    this.racine = racine;
    this.texte = racine.querySelector("[data-bloc-texte]");
    this.zone = racine.querySelector("[data-bloc-zone]");
    this.modele = racine.querySelector("[data-bloc-modele]");
    this.bouton = racine.querySelector("[data-bloc-ajouter]");
    this.libelles = JSON.parse(racine.querySelector("script[type='application/json']").textContent);
    this.rang = this.zone.children.length;
    racine.querySelector("[data-bloc-script]").value = "1";
    this.texte.lisibleDe = (texte) => this.lisible(texte);
    [...this.zone.children].forEach((ligne) => this.preparer(ligne));
    this.elaguer();
    this.zone.addEventListener("input", () => this.noter());
    this.zone.addEventListener("change", () => this.noter());
    this.texte.addEventListener("saisie:ecrit", () => this.montrer());
    this.bouton.hidden = false;
    this.bouton.addEventListener("click", () => this.ajouter()?.querySelector("input, select")?.focus());
    this.compter();
  }

  preparer(ligne) {
    const bouton = document.createElement("button");
    bouton.type = "button";
    bouton.className = "fr-btn fr-btn--tertiary-no-outline fr-btn--sm fr-btn--icon-left fr-icon-delete-line";
    bouton.textContent = "Retirer cette ligne";
    bouton.addEventListener("click", () => {
      ligne.remove();
      if (!this.zone.children.length) this.ajouter();
      this.noter();
      this.compter();
      this.texte.dispatchEvent(new Event("change", { bubbles: true }));
      this.bouton.focus();
    });
    ligne.append(bouton);
  }

  /** The blank rows are for those who cannot add any: one is enough here. */
  elaguer() {
    const vides = [...this.zone.children].filter((ligne) => !Object.keys(this.cellules(ligne)).length);
    vides.slice(this.zone.children.length === vides.length ? 1 : 0).forEach((ligne) => ligne.remove());
  }

  ajouter(valeurs = {}) {
    if (this.zone.children.length >= Number(this.racine.dataset.maximum)) return null;
    const gabarit = document.createElement("template");
    gabarit.innerHTML = this.modele.innerHTML.replaceAll("__rang__", String(this.rang++));
    const ligne = gabarit.content.firstElementChild;
    for (const champ of ligne.querySelectorAll("[data-bloc-cle]")) champ.value = valeurs[champ.dataset.blocCle] ?? "";
    this.preparer(ligne);
    this.zone.append(ligne);
    this.compter();
    return ligne;
  }

  compter() {
    this.bouton.hidden = this.zone.children.length >= Number(this.racine.dataset.maximum);
    [...this.zone.children].forEach((ligne, rang) => ligne.setAttribute("aria-label", `Ligne ${rang + 1}`));
  }

  cellules(ligne) {
    const remplies = [...ligne.querySelectorAll("[data-bloc-cle]")].filter((champ) => champ.value.trim());
    return Object.fromEntries(remplies.map((champ) => [champ.dataset.blocCle, champ.value.trim()]));
  }

  noter() {
    const lignes = [...this.zone.children].map((ligne) => this.cellules(ligne));
    this.texte.value = lignes.filter((l) => Object.keys(l).length).map((l) => JSON.stringify(l)).join("\n");
  }

  lignes(texte) {
    return texte.split("\n").flatMap((brute) => {
      try {
        return brute.trim() ? [JSON.parse(brute)] : [];
      } catch {
        return [];
      }
    });
  }

  /** The text came from elsewhere (a colleague’s, or what was kept here): the rows show it. */
  montrer() {
    this.zone.replaceChildren();
    this.lignes(this.texte.value).forEach((ligne) => this.ajouter(ligne));
    if (!this.zone.children.length) this.ajouter();
  }

  lisible(texte) {
    return this.lignes(texte)
      .map((ligne, rang) => `${rang + 1}. ${Object.entries(ligne).map(([cle, v]) => `${this.libelles[cle] ?? cle} : ${v}`).join(" ; ")}`)
      .join("\n");
  }
}

document.querySelectorAll("[data-bloc]").forEach((racine) => new Bloc(racine));
