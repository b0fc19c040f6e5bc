"""The main menu leads to the list whoever reads one candidature, an invited team for instance."""

from candidatures.dossiers.droits import reperes_visibles_par
from socle.interface.navigation import CONDITIONS

CONDITIONS["/candidatures/"] = lambda utilisateur: reperes_visibles_par(utilisateur).exists()
