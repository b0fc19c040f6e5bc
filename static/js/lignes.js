/** One more row under those of a form: the last one copied, empty, with the next number. */

const AU_PLUS = 40; // what the server reads
const bouton = document.querySelector("[data-lignes-ajouter]");
const rangees = () => [...document.querySelectorAll(".formulaire__ligne")];

function renumeroter(element, avant, apres) {
  for (const { name, value } of [...element.attributes]) {
    if (value.includes(avant)) element.setAttribute(name, value.replaceAll(avant, apres));
  }
}

function vider(champ) {
  if (champ.type === "checkbox") champ.checked = false;
  else if (champ.tagName === "SELECT") champ.selectedIndex = 0;
  else champ.value = "";
  champ.removeAttribute("aria-invalid");
}

function ajouter() {
  const repli = document.querySelector("[data-lignes-repliees]");
  if (repli && !repli.open) {
    repli.open = true;
    repli.querySelector("input, select, textarea").focus();
    return;
  }
  const rang = rangees().length;
  const derniere = rangees().at(-1);
  const copie = derniere.cloneNode(true);
  for (const element of copie.querySelectorAll("*")) {
    renumeroter(element, `ligne${rang - 1}_`, `ligne${rang}_`);
  }
  for (const champ of copie.querySelectorAll("input, select, textarea")) vider(champ);
  for (const erreur of copie.querySelectorAll(".fr-error-text")) erreur.remove();
  for (const groupe of copie.querySelectorAll("[class*=--error]")) {
    groupe.className = groupe.className.replace(/\S+--error/g, "").trim();
  }
  const legende = copie.querySelector("legend");
  legende.textContent = legende.textContent.replace(/\d+\s*$/, String(rang + 1));
  derniere.after(copie);
  copie.querySelector("input, select, textarea").focus();
  bouton.hidden = rang + 1 >= AU_PLUS;
}

if (bouton && rangees().length) {
  bouton.hidden = rangees().length >= AU_PLUS;
  bouton.addEventListener("click", ajouter);
}
