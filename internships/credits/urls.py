from django.urls import path

from internships.credits.views import decide, own

urlpatterns = [
    path("credits/", own.credit_list, name="credit_list"),
    path("credits/approvals/requests.<str:kind>", decide.credit_export, name="credit_export"),
    path("credits/approvals/", decide.credit_approvals, name="credit_approvals"),
    path("credits/for-placement/<int:pk>/", own.credit_new, name="credit_new"),
    path("credits/for-posting/<slug:ref>/", own.credit_new_posting, name="credit_new_posting"),
    path("credits/<slug:number>/", decide.credit_detail, name="credit_detail"),
    path("credits/<slug:number>/edit/", own.credit_edit, name="credit_edit"),
    path("credits/<slug:number>/withdraw/", own.credit_withdraw, name="credit_withdraw"),
    path("credits/<slug:number>/evidence/", own.credit_evidence, name="credit_evidence"),
    path("credits/<slug:number>/decide/", decide.credit_decide, name="credit_decide"),
    path("credits/<slug:number>/result/", decide.credit_result, name="credit_result"),
    path("credits/<slug:number>/undo/<int:event>/", decide.credit_undo, name="credit_undo"),
    path("credits/<slug:number>/files/<int:pk>/", decide.credit_file, name="credit_file"),
]
