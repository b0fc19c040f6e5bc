"""Pages that the law asks for."""

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView


@method_decorator(login_not_required, name="dispatch")
class PageLegale(TemplateView):
    """A page of text; the template comes from the address table."""
