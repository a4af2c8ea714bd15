from django.urls import path

from careers.desk import views

urlpatterns = [
    path("ask/", views.enquiry_new, name="enquiry_new"),
    path("ask/sent/", views.enquiry_sent, name="enquiry_sent"),
    path("ask/by-link/<str:token>/", views.enquiry_by_link, name="enquiry_by_link"),
    path("enquiries/", views.enquiry_list, name="enquiry_list"),
    path("enquiries/<int:pk>/", views.enquiry_detail, name="enquiry_detail"),
    path("enquiries/<int:pk>/close/", views.enquiry_close, name="enquiry_close"),
    path("letters/", views.letter_list, name="letter_list"),
    path("letters/<int:pk>/", views.letter_detail, name="letter_detail"),
]
