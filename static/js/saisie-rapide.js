// Ctrl + Enter (⌘ + Enter) sends the card; the button does the same without this module.
for (const formulaire of document.querySelectorAll("[data-formulaire-rapide]")) {
  const aide = document.querySelector("[data-aide-clavier]");
  if (aide) aide.hidden = false;
  formulaire.addEventListener("keydown", (evenement) => {
    if (evenement.key === "Enter" && (evenement.ctrlKey || evenement.metaKey)) {
      evenement.preventDefault();
      formulaire.requestSubmit();
    }
  });
}
