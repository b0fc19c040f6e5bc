// Keys of the reading screen. Everything they do is also a link or a field of the page.
const CLE = "lecture-raccourcis";
const racine = document.querySelector("[data-lecture]");
const aide = racine?.querySelector("[data-aide]");
const coche = aide?.querySelector("[data-raccourcis]");
const memoire = {
  lire: () => { try { return localStorage.getItem(CLE) !== "non"; } catch { return true; } },
  garder: (oui) => { try { localStorage.setItem(CLE, oui ? "oui" : "non"); } catch { /* private window */ } },
};

function ecrit(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input") && !["radio", "checkbox", "button", "submit"].includes(element.type);
}

/** What is noted shows in the folded criterion, and leaves the list of what is missing. */
function montrer(critere) {
  const choisi = critere.querySelector("input[type=radio]:checked");
  critere.querySelector("[data-note]").textContent = choisi?.value ?? "";
  if (choisi) racine.querySelector(`[data-manques] [data-ancre="#${critere.id}"]`)?.remove();
}

function suivant(critere) {
  const tous = [...racine.querySelectorAll("[data-critere]")];
  const apres = tous.slice(tous.indexOf(critere) + 1);
  const vide = (c) => !c.querySelector("input[type=radio]:checked");
  const prochain = apres.find(vide) ?? tous.find(vide);
  if (!prochain) {
    critere.open = false;
    racine.querySelector("[name=synthese]")?.scrollIntoView({ block: "center" });
    return;
  }
  prochain.open = true;
  prochain.querySelector("summary").focus();
}

function noter(note) {
  const critere = racine.querySelector("[data-critere][open]");
  const bouton = critere?.querySelector(`input[type=radio][value="${note}"]`);
  if (!bouton) return false;
  bouton.checked = true;
  bouton.dispatchEvent(new Event("change", { bubbles: true }));
  suivant(critere);
  return true;
}

/** At either end of the pile a key says so, for a while. */
function annoncer(rel) {
  const annonce = racine.querySelector("[data-annonce]");
  annonce.textContent = annonce.dataset[rel];
  clearTimeout(annonce.attente);
  annonce.attente = setTimeout(() => { annonce.textContent = ""; }, 4000);
}

function aller(rel) {
  const lien = racine.querySelector(`a[rel=${rel}]`);
  if (lien) lien.click();
  else annoncer(rel);
}

function touche(evenement) {
  if (evenement.ctrlKey || evenement.metaKey || evenement.altKey || ecrit(evenement.target)) return;
  if (evenement.key === "?") aide.open = !aide.open;
  else if (!coche.checked) return;
  else if (evenement.key === "j") aller("next");
  else if (evenement.key === "k") aller("prev");
  else if (!(/^[0-5]$/.test(evenement.key) && noter(evenement.key))) return;
  evenement.preventDefault();
}

/** The page before the filing compares what was shown here with what is stored. */
function dire(formulaire) {
  for (const vu of formulaire.querySelectorAll("[name^=vu_]")) {
    const nom = vu.name.replace("vu_", "note_");
    vu.value = racine.querySelector(`input[name=${nom}]:checked`)?.value ?? "";
  }
}

if (racine) {
  racine.querySelector("[data-depot]")?.addEventListener("submit", (e) => dire(e.target));
  coche.checked = memoire.lire();
  coche.addEventListener("change", () => memoire.garder(coche.checked));
  racine.addEventListener("change", (e) => {
    const critere = e.target.matches("input[type=radio]") && e.target.closest("[data-critere]");
    if (critere) montrer(critere);
  });
  racine.querySelectorAll("[data-critere]").forEach(montrer);
  document.addEventListener("keydown", touche);
}
