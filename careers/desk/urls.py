from django.urls import path

from careers.desk.views import asking, letters, queue

urlpatterns = [
    path("ask/", asking.enquiry_new, name="enquiry_new"),
    path("ask/sent/", asking.enquiry_sent, name="enquiry_sent"),
    path("ask/by-link/<str:token>/", asking.enquiry_by_link, name="enquiry_by_link"),
    path("enquiries/", queue.enquiry_list, name="enquiry_list"),
    path("enquiries/enquiries.<str:kind>", queue.enquiry_export, name="enquiry_export"),
    path("enquiries/mine/", asking.my_enquiries, name="my_enquiries"),
    path("enquiries/<int:pk>/", queue.enquiry_detail, name="enquiry_detail"),
    path("enquiries/<int:pk>/take/", queue.enquiry_take, name="enquiry_take"),
    path("enquiries/<int:pk>/close/", queue.enquiry_close, name="enquiry_close"),
    path("enquiries/answers/<int:pk>/undo/", queue.enquiry_undo, name="enquiry_undo"),
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/<int:pk>/", letters.letter_detail, name="letter_detail"),
    path("letters/<int:pk>/again/", letters.letter_send_again, name="letter_send_again"),
]
