"""What the committee tells the rooms below."""

from candidatures.comite.calcul.ecarts import ecarts_du_comite
from candidatures.instruction.gardes import declarer_garde

declarer_garde(ecarts_du_comite)
