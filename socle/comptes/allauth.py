from allauth.account.adapter import DefaultAccountAdapter


class Adaptateur(DefaultAccountAdapter):
    """Accounts are opened by an administrator, never by self-registration."""

    def is_open_for_signup(self, request):
        return False
