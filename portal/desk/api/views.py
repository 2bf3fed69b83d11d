"""Endpoints. Each says who may call it (`access`) and takes its rows from the same querysets as the pages."""

from abc import abstractmethod
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from applications.models import Application, Call
from applications.permissions import readable_applications
from assessments.models import Base
from assessments.selectors.bases import with_terms
from assessments.selectors.due import expectations
from portal.accounts.api import Everyone, SignedIn
from portal.calendars import clock
from portal.desk import selectors
from portal.desk.api import serializers
from portal.policy import registry
from portal.policy.export import export
from portal.tenancy.models import Jurisdiction
from reviews.models import PublicNotice


class Rows:
    """Gives the schema generator, which runs outside any scope, an empty queryset of the right model."""

    swagger_fake_view = False
    serializer_class: Any

    @abstractmethod
    def rows(self) -> QuerySet[Any]:
        """Return the rows of this request."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows, or none of them for the schema."""
        if self.swagger_fake_view:
            nothing: QuerySet[Any] = self.serializer_class.Meta.model._base_manager.none()
            return nothing
        return self.rows()


class Jurisdictions(ListAPIView[Jurisdiction]):
    """The places the portal serves."""

    access = "visitor"
    permission_classes = (Everyone,)
    serializer_class = serializers.JurisdictionSerializer
    queryset = Jurisdiction.objects.filter(active=True)


class Policy(APIView):
    """The current edition of a jurisdiction, complete: the same JSON as `manage.py policy export`."""

    access = "visitor"
    permission_classes = (Everyone,)

    @extend_schema(responses={200: dict})
    def get(self, request: Request, code: str) -> Response:
        """Return the edition; 404 when the jurisdiction has none."""
        try:
            return Response(export(registry.current(code)))
        except KeyError:
            raise NotFound("没有这个辖区的政策") from None


class Calls(Rows, ListAPIView[Call]):
    """Published calls."""

    access = "visitor"
    permission_classes = (Everyone,)
    serializer_class = serializers.CallSerializer

    def rows(self) -> QuerySet[Call]:
        """Return the calls of all active places."""
        return selectors.published_calls()


class Notices(Rows, ListAPIView[PublicNotice]):
    """Public notices."""

    access = "visitor"
    permission_classes = (Everyone,)
    serializer_class = serializers.NoticeSerializer

    def rows(self) -> QuerySet[PublicNotice]:
        """Return running notices first."""
        return selectors.public_notices()


class Bases(Rows, ListAPIView[Base]):
    """The directory of bases; `q`, `district` and `track` filter it."""

    access = "visitor"
    permission_classes = (Everyone,)
    serializer_class = serializers.BaseSerializer

    def rows(self) -> QuerySet[Base]:
        """Return what the directory page shows."""
        asked = self.request.query_params
        return selectors.directory(asked.get("q", ""), asked.get("district", ""), asked.get("track", ""))


class Applications(Rows, ListAPIView[Application]):
    """The applications the caller may read."""

    access = "signed_in"
    permission_classes = (SignedIn,)
    serializer_class = serializers.ApplicationSerializer

    def rows(self) -> QuerySet[Application]:
        """Return the rows of the caller's capacity."""
        return readable(self.request)


class OneApplication(Rows, RetrieveAPIView[Application]):
    """One application the caller may read; 404 for every other."""

    access = "signed_in"
    permission_classes = (SignedIn,)
    serializer_class = serializers.ApplicationSerializer

    def rows(self) -> QuerySet[Application]:
        """Return the rows of the caller's capacity."""
        return readable(self.request)


class Reports(ListAPIView[Any]):
    """The periodic reports that the caller's own bases owe, and how each stands; empty for whoever keeps no base."""

    access = "signed_in"
    permission_classes = (SignedIn,)
    serializer_class = serializers.ReportSerializer
    swagger_fake_view = False

    def get_queryset(self) -> Any:
        """Return what the unit's bases owe, the oldest due first; those of a base follow one another."""
        actor: Any = self.request.actor  # type: ignore[attr-defined]
        if self.swagger_fake_view or not (actor.can("base.report") and actor.organisation):
            return []
        bases = list(with_terms(Base.objects.filter(organisation=actor.organisation)).order_by("id"))
        owed = expectations(bases, clock.today())
        return [{"base": base, "entry": each} for base in bases for each in owed[base.pk]]


class Schema(SpectacularAPIView):
    """The OpenAPI description of this interface."""

    access = "visitor"
    permission_classes = (Everyone,)


def readable(request: Any) -> QuerySet[Application]:
    """Return the applications the caller may read, with what their lines show."""
    rows = readable_applications(Application.objects.all(), request.actor)
    return rows.select_related("jurisdiction", "organisation", "call").order_by("-id")
