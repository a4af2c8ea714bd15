from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """People are added by the office, never by themselves."""

    def is_open_for_signup(self, request):
        return False
