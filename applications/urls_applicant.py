"""Addresses of the applicant's side."""

from django.urls import path

from applications.views import answers, closing, cross, groups, materials, save, section, start, tables, uploads

ONE = "applications/<int:pk>/"
applicant_urlpatterns = [
    path("calls/<int:call_pk>/apply/", start.start, name="start"),
    path(ONE, section.tasklist, name="tasklist"),
    path(f"{ONE}form/<path:path>/", section.section, name="section"),
    path(f"{ONE}save/<path:path>/", save.save, name="save"),
    path(f"{ONE}here/<path:path>/", save.here, name="here"),
    path(f"{ONE}confirm/<path:path>/", save.confirm, name="confirm"),
    path(f"{ONE}groups/<slug:group>/", groups.groups, name="groups"),
    path(f"{ONE}table/<path:path>/template/", tables.template, name="table_template"),
    path(f"{ONE}table/<path:path>/export/", tables.export, name="table_export"),
    path(f"{ONE}table/<path:path>/import/", tables.import_table, name="table_import"),
    path(f"{ONE}materials/", materials.materials, name="materials"),
    path(f"{ONE}materials/<slug:slot>/add/", materials.add, name="material_add"),
    path(f"{ONE}materials/<int:material_pk>/remove/", materials.remove, name="material_remove"),
    path(f"{ONE}materials/<int:material_pk>/rows/", materials.rows, name="material_rows"),
    path(f"{ONE}uploads/<slug:slot>/", uploads.begin, name="upload_begin"),
    path(f"{ONE}uploads/<slug:slot>/<slug:token>/", uploads.piece, name="upload_piece"),
    path(f"{ONE}uploads/<slug:slot>/<slug:token>/finish/", uploads.finish, name="upload_finish"),
    path(f"{ONE}cross/", cross.cross, name="cross"),
    path(f"{ONE}preview/", answers.preview, name="preview"),
    path(f"{ONE}print/", answers.print_draft, name="print_draft"),
    path(f"{ONE}submit/", answers.submit, name="submit"),
    path(f"{ONE}receipt/", answers.receipt, name="receipt"),
    path(f"{ONE}withdraw/", closing.withdraw, name="withdraw"),
    path(f"{ONE}history/", closing.history, name="history"),
    path(f"{ONE}history/<int:number>/", closing.version_changes, name="version_changes"),
]
