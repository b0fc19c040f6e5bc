/** “Oui” on the dates left empty: fills the page only. Without this module the server fills it, and records nothing either. */
const bouton = document.querySelector("[data-tout]");
const dit = document.querySelector("[data-tout-dit]");

bouton?.addEventListener("click", (evenement) => {
  evenement.preventDefault();
  const vides = [...bouton.form.querySelectorAll(".sondage__choix")].filter((choix) => !choix.querySelector(":checked"));
  for (const choix of vides) choix.querySelector('input[value="oui"]').checked = true;
  const combien = vides.length > 1 ? `${vides.length} dates passent` : "1 date passe";
  dit.textContent = vides.length
    ? `${combien} à « oui ». Relisez, puis envoyez vos réponses : rien n’est encore envoyé.`
    : "Chaque date a déjà une réponse.";
});
