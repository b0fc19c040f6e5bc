/** A long list of boxes to tick gets a search; what is ticked stays shown. */

const plier = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function outiller(groupe, cases) {
  const champ = document.createElement("input");
  champ.type = "search";
  champ.className = "fr-input";
  champ.id = `chercher-${cases[0].name}`;
  const libelle = document.createElement("label");
  libelle.className = "fr-label";
  libelle.htmlFor = champ.id;
  libelle.textContent = `Chercher ${cases[0].dataset.aChercher}`;
  const dit = document.createElement("p");
  dit.className = "fr-text--sm fr-mb-1v";
  dit.setAttribute("role", "status");
  const boite = document.createElement("div");
  boite.className = "cases-a-chercher__outils";
  boite.append(libelle, champ, dit);
  const lignes = cases.map((c) => ({ c, ligne: c.closest(".fr-fieldset__element") || c.parentElement }));
  lignes[0].ligne.before(boite);
  groupe.classList.add("cases-a-chercher");

  function filtrer() {
    const mots = plier(champ.value).split(/\s+/).filter(Boolean);
    let montrees = 0;
    for (const { c, ligne } of lignes) {
      const texte = plier(ligne.textContent);
      ligne.hidden = !c.checked && !mots.every((mot) => texte.includes(mot));
      montrees += ligne.hidden ? 0 : 1;
    }
    const cochees = cases.filter((c) => c.checked).length;
    dit.textContent = `${montrees} sur ${cases.length}, ${cochees} coché${cochees > 1 ? "s" : ""}`;
  }

  champ.addEventListener("input", filtrer);
  champ.addEventListener("keydown", (e) => e.key === "Enter" && e.preventDefault());
  groupe.addEventListener("change", filtrer);
  filtrer();
}

const parGroupe = new Map();
for (const c of document.querySelectorAll("input[type=checkbox][data-a-chercher]")) {
  const groupe = c.closest("fieldset");
  parGroupe.set(groupe, [...(parGroupe.get(groupe) || []), c]);
}
for (const [groupe, cases] of parGroupe) outiller(groupe, cases);
