from django.urls import path, re_path

from internships.permits.views import desk, own

urlpatterns = [
    path("placements/<int:pk>/case/", own.case_open, name="case_open"),
    path("cases/<int:pk>/", own.case_detail, name="case_detail"),
    path("cases/<int:pk>/submit/", own.case_submit, name="case_submit"),
    path("cases/<int:pk>/answer/", own.case_answer, name="case_answer"),
    path("cases/<int:pk>/filing/", own.case_filing, name="case_filing"),
    path("cases/<int:pk>/close/", own.case_close, name="case_close"),
    path("cases/<int:pk>/undo/<int:event>/", own.case_undo, name="case_undo"),
    path("cases/<int:pk>/files/<int:version>/", own.case_file, name="case_file"),
    path("desk/", desk.desk_queue, name="desk_queue"),
    path("desk/cases.<str:kind>", desk.desk_export, name="desk_export"),
    path("desk/cases/<int:pk>/", desk.desk_case, name="desk_case"),
    path("desk/cases/<int:pk>/<slug:deed>/", desk.desk_act, name="desk_act"),
    path(
        "desk/cases/<int:pk>/papers/<slug:code>/accept/",
        desk.desk_paper_accept,
        name="desk_paper_accept",
    ),
    re_path(
        r"^desk/cases/(?P<pk>\d+)/papers/(?P<code>\w+)/(?P<deed>return|not-needed)/$",
        desk.desk_paper,
        name="desk_paper",
    ),
]
