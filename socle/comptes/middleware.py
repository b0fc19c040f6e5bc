"""Default deny: every view asks for a signed-in user unless it opts out."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class ConnexionRequise(LoginRequiredMiddleware):
    """Public views opt out with `django.contrib.auth.decorators.login_not_required`."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if getattr(view_func, "__module__", "").startswith("allauth."):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
