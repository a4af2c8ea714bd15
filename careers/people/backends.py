from allauth.account.auth_backends import AuthenticationBackend

from careers.people.models import User


class PeopleBackend(AuthenticationBackend):
    """Signs in by e-mail; a signed-in student comes with her record, in the same query."""

    def get_user(self, user_id):
        user = User.objects.select_related("student").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
