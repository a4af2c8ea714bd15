from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse

from careers.prefectures import PREFECTURES, prefecture_choices, prefecture_name
from internships.board.models import Bureau, Resource


@login_not_required
def directory(request):
    resources = sorted(
        Resource.objects.filter(is_shown=True),
        key=lambda resource: Resource.Category.values.index(resource.category),
    )
    groups = [
        (Resource.Category(category), list(members))
        for category, members in groupby(resources, key=lambda resource: resource.category)
    ]
    return render(request, "board/directory.html", {"groups": groups})


@login_not_required
def bureau_list(request):
    prefecture = request.GET.get("prefecture", "")
    if request.GET and (list(request.GET) != ["prefecture"] or prefecture not in PREFECTURES):
        return redirect(reverse("bureau_list"))
    return render(
        request,
        "board/bureau_list.html",
        {
            "prefectures": prefecture_choices(),
            "chosen": prefecture,
            "chosen_name": prefecture_name(prefecture),
            "responsible": Bureau.objects.responsible_for(prefecture) if prefecture else None,
            "bureaus": Bureau.objects.select_related("parent"),
        },
    )
