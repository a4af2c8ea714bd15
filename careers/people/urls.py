from django.urls import include, path

from careers.people.views import records, sign_in, students

urlpatterns = [
    path("account/", include("careers.people.account_urls")),
    path("account/demo/<int:pk>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("me/", records.my_record, name="my_record"),
    path("me/residence/", records.my_residence, name="my_residence"),
    path("me/jobs/new/", records.job_new, name="job_new"),
    path("me/jobs/<int:pk>/", records.job_edit, name="job_edit"),
    path("me/jobs/<int:pk>/end/", records.job_end, name="job_end"),
    path("students/", students.student_list, name="student_list"),
    path("students/students.<str:kind>", students.student_export, name="student_export"),
    path("students/<int:pk>/", students.student_detail, name="student_detail"),
]
