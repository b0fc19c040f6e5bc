/** Tiles of the background map, in Web Mercator as the drawing is; only those in sight are asked for. */

const COTE = 256;

export class Tuiles {
  constructor(editeur) {
    this.editeur = editeur;
    this.groupe = editeur.svg.querySelector("[data-tuiles]");
    this.modele = editeur.racine.dataset.tuiles;
    [this.min, this.max] = editeur.racine.dataset.zooms.split(" ").map(Number);
    const [ouest, est, nord, , largeur] = editeur.coins;
    this.monde = (largeur * 360) / (est - ouest);
    const mercator = Math.log(Math.tan(Math.PI / 4 + (nord * Math.PI) / 360));
    this.origine = [((ouest + 180) / 360) * this.monde, ((Math.PI - mercator) / (2 * Math.PI)) * this.monde];
    this.posees = new Map();
    editeur.svg.classList.add("trace__sur-tuiles");
    this.cadrer();
  }

  /** The part of the drawing that is seen: wider than the viewBox when the shapes differ. */
  vue() {
    const { width, height } = this.editeur.svg.getBoundingClientRect();
    const [x, y, l, h] = this.editeur.vue;
    const echelle = Math.min(width / l, height / h) || 1;
    const [dx, dy] = [(width / echelle - l) / 2, (height / echelle - h) / 2];
    return { gauche: x - dx, haut: y - dy, droite: x + l + dx, bas: y + h + dy, echelle };
  }

  cadrer() {
    const { gauche, haut, droite, bas, echelle } = this.vue();
    const ideal = Math.round(Math.log2((this.monde * echelle) / COTE));
    const z = Math.max(this.min, Math.min(this.max, ideal));
    const cote = this.monde / 2 ** z;
    const rang = (n, axe) => Math.max(0, Math.min(2 ** z - 1, Math.floor((n + this.origine[axe]) / cote)));
    const vues = new Set();
    if (ideal >= this.min - 2) {
      for (let x = rang(gauche, 0); x <= rang(droite, 0); x += 1) {
        for (let y = rang(haut, 1); y <= rang(bas, 1); y += 1) vues.add(this.poser(z, x, y, cote));
      }
    }
    for (const [cle, image] of this.posees) {
      if (vues.has(cle)) continue;
      image.remove();
      this.posees.delete(cle);
    }
  }

  poser(z, x, y, cote) {
    const cle = `${z}/${x}/${y}`;
    if (this.posees.has(cle)) return cle;
    const href = this.modele.replace("{z}", z).replace("{x}", x).replace("{y}", y);
    const [gauche, haut] = [x * cote - this.origine[0], y * cote - this.origine[1]];
    const image = this.editeur.creer("image", { href, x: gauche, y: haut, width: cote, height: cote, preserveAspectRatio: "none" });
    image.addEventListener("error", () => image.remove());
    this.groupe.append(image);
    this.posees.set(cle, image);
    return cle;
  }
}
