"""Whether this process can serve: for load balancers and container health checks."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.accounts.guards import visitor


@visitor()
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
