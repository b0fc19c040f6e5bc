"""The main menu leads to the list whoever reads one candidature, an invited team for instance;
and who instructs goes from one dossier to the next in the order of their list."""

from candidatures.dossiers.droits import reperes_visibles_par
from candidatures.instruction.gardes import declarer_ordre
from candidatures.listes.domaine.voisins import ordre
from socle.interface.navigation import CONDITIONS

CONDITIONS["/candidatures/"] = lambda utilisateur: reperes_visibles_par(utilisateur).exists()
declarer_ordre(ordre)
