/**
 * A question of a call: only the fields of the type chosen, and the answers of the other question where it
 * has a list. Without this module all the fields are shown, and the answer is typed.
 */

const POUR = {
  options: ["choix", "choix_multiples"],
  natures: ["fichier"],
  sous_questions: ["bloc"],
  minimum: ["nombre", "bloc"],
  maximum: ["nombre", "bloc"],
};
const type = document.querySelector("main [name='type']");

function montrer() {
  for (const [nom, types] of Object.entries(POUR)) {
    const champ = document.getElementById(`div_id_${nom}`) ?? document.getElementById(`id_${nom}_groupe`);
    if (champ) champ.classList.toggle("fr-hidden", !types.includes(type.value));
  }
  const place = document.querySelector("main [name='place']");
  const rubrique = document.getElementById("div_id_rubrique");
  if (place && rubrique) rubrique.classList.toggle("fr-hidden", place.value !== "propre");
  const condition = document.querySelector("main [name='condition_question']");
  const operateur = document.querySelector("main [name='condition_operateur']");
  for (const nom of ["operateur", "valeur"]) {
    const champ = document.getElementById(`div_id_condition_${nom}`);
    const sansObjet = nom === "valeur" && ["rempli", "vide"].includes(operateur?.value);
    if (champ && condition) champ.classList.toggle("fr-hidden", !condition.value || sansObjet);
  }
  if (condition) proposer(condition.value);
}

/** The field of the expected answer: a list where the other question has one, else the input as it came. */
const saisie = document.querySelector("main [name='condition_valeur']");
const proposees = JSON.parse(saisie?.dataset.choix ?? "{}");
let actuel = saisie;

function proposer(cle) {
  const choix = proposees[cle];
  if ((actuel.dataset.pour ?? "") === (choix ? cle : "")) return;
  let nouveau = saisie;
  if (choix) {
    nouveau = document.createElement("select");
    for (const nom of ["id", "name", "aria-describedby", "aria-invalid"]) {
      if (saisie.hasAttribute(nom)) nouveau.setAttribute(nom, saisie.getAttribute(nom));
    }
    nouveau.className = "fr-select";
    nouveau.dataset.pour = cle;
    nouveau.append(new Option("Choisissez", ""), ...choix.map((mot) => new Option(mot, mot)));
    nouveau.value = choix.includes(saisie.value) ? saisie.value : "";
  }
  actuel.replaceWith(nouveau);
  actuel = nouveau;
}

if (type) {
  montrer();
  document.querySelector("main form").addEventListener("change", montrer);
}
