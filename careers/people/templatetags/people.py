from django import template

from careers.people import demo_people, roles

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see(context, student, group):
    """`{% may_see student "residence" as residence %}`: how much the reader sees, or "no"."""
    return roles.may_see(context["request"].user, group, student)


@register.inclusion_tag("people/demo_people.html", takes_context=True)
def demo_sign_in(context):
    """The list of people to sign in as by one click; empty outside demo mode."""
    request = context["request"]
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return {"request": request, "groups": demo_people.demo_groups(), "next": wanted}
