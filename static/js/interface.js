/** Small behaviours of every page. Everything still works without this file. */

const DELAI = 8000;

/** A form sent once stays sent: the second click does nothing (the server checks it too). */
document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (formulaire.method !== "post" || formulaire.hasAttribute("hx-post")) return;
  if (formulaire.dataset.envoye) {
    evenement.preventDefault();
    return;
  }
  formulaire.dataset.envoye = "1";
  const boutons = formulaire.querySelectorAll("button[type=submit], input[type=submit]");
  setTimeout(() => boutons.forEach((b) => b.setAttribute("aria-disabled", "true")), 0);
  setTimeout(() => liberer(formulaire), DELAI);
});

function liberer(formulaire) {
  delete formulaire.dataset.envoye;
  formulaire.querySelectorAll("[aria-disabled=true]").forEach((b) => b.removeAttribute("aria-disabled"));
}

/** Back button: the page comes from the cache with its forms still locked. */
addEventListener("pageshow", (evenement) => {
  if (evenement.persisted) document.querySelectorAll("form[data-envoye]").forEach(liberer);
});

/** Errors first: the summary takes the focus, its links go to the field. */
const resume = document.querySelector("[data-resume-erreurs]");
if (resume) resume.focus();
document.addEventListener("click", (evenement) => {
  const lien = evenement.target.closest("[data-resume-erreurs] a[href^='#']");
  if (!lien) return;
  const cible = document.getElementById(lien.hash.slice(1));
  const champ = cible?.matches("input, select, textarea") ? cible : cible?.querySelector("input, select, textarea");
  if (champ) {
    evenement.preventDefault();
    champ.focus();
    champ.scrollIntoView({ block: "center" });
  }
});

/** A panel that asks for a reason puts the cursor in it, and Escape closes it. */
document.addEventListener("toggle", (evenement) => {
  const volet = evenement.target;
  if (volet.matches?.("details.action-post") && volet.open) volet.querySelector("textarea, button")?.focus();
}, true);
document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Escape") return;
  const volet = evenement.target.closest?.("details.action-post[open]");
  if (volet) {
    volet.open = false;
    volet.querySelector("summary").focus();
  }
});

/** A link into a folded part opens it; one to a group of fields puts the focus on its first field. */
const CHAMPS = "input:not([type=hidden]), select, textarea";
function ouvrirLaCible() {
  const cible = document.getElementById(location.hash.slice(1) || " ");
  if (!cible) return;
  let replie = cible.closest("details:not([open])");
  const ouvert = Boolean(replie);
  for (; replie; replie = cible.closest("details:not([open])")) replie.open = true;
  if (ouvert) cible.scrollIntoView();
  const champ = cible.matches(CHAMPS) ? cible : cible.matches("fieldset, [id$='_groupe'], [data-focus]") && cible.querySelector(`${CHAMPS}, a, button`);
  if (champ) champ.focus({ preventScroll: !cible.matches(CHAMPS) });
}
addEventListener("hashchange", ouvrirLaCible);
ouvrirLaCible();
/** While it loads, the browser leads to the fragment itself, and takes the focus off its field. */
addEventListener("load", () => setTimeout(() => document.activeElement === document.body && ouvrirLaCible()));

/** Lines of a formset: « Ajouter » clones the model line. Without script, the extra lines serve. */
document.querySelectorAll("[data-formset]").forEach((zone) => {
  const bouton = zone.querySelector("[data-formset-ajouter]");
  const modele = zone.querySelector("[data-formset-modele]");
  const total = zone.querySelector("[name$='-TOTAL_FORMS']");
  if (!bouton || !modele || !total) return;
  bouton.hidden = false;
  bouton.addEventListener("click", () => {
    const rang = Number(total.value);
    const gabarit = document.createElement("template");
    gabarit.innerHTML = modele.innerHTML.replaceAll("__prefix__", String(rang));
    const ligne = gabarit.content.firstElementChild;
    ligne.querySelector("[data-formset-rang]").textContent = String(rang + 1);
    zone.querySelector("[data-formset-lignes]").append(ligne);
    total.value = String(rang + 1);
    ligne.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
});
