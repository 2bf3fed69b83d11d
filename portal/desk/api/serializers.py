"""What the interface says of each thing."""

from typing import Any

from rest_framework import serializers

from applications.models import Application, Call
from assessments.models import Base
from portal.tenancy.models import Jurisdiction
from reviews.models import PublicNotice


class JurisdictionSerializer(serializers.ModelSerializer[Jurisdiction]):
    """A tenant."""

    class Meta:
        model = Jurisdiction
        fields = ("code", "name", "issuer", "platform_title")


class CallSerializer(serializers.ModelSerializer[Call]):
    """A published call."""

    jurisdiction = serializers.SlugRelatedField[Jurisdiction](slug_field="code", read_only=True)

    class Meta:
        model = Call
        fields = ("id", "jurisdiction", "edition_code", "title", "year", "batch", "opens_at", "closes_at")


class NoticeSerializer(serializers.ModelSerializer[PublicNotice]):
    """A public notice with what was published."""

    jurisdiction = serializers.SlugRelatedField[Jurisdiction](slug_field="code", read_only=True)

    class Meta:
        model = PublicNotice
        fields = ("id", "jurisdiction", "title", "days", "published_at", "ends_at", "state", "snapshot", "sha256")


class BaseSerializer(serializers.ModelSerializer[Base]):
    """A recognised base."""

    jurisdiction = serializers.SlugRelatedField[Jurisdiction](slug_field="code", read_only=True)
    organisation = serializers.CharField(source="organisation.name", read_only=True)

    class Meta:
        model = Base
        fields = (
            "id",
            "jurisdiction",
            "name",
            "plaque_text",
            "organisation",
            "district",
            "document_number",
            "recognised_on",
            "certificate_number",
            "state",
            "ended_on",
        )


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """An application as its reader may see it: where it stands, not what it says."""

    jurisdiction = serializers.SlugRelatedField[Jurisdiction](slug_field="code", read_only=True)
    organisation = serializers.CharField(source="organisation.name", read_only=True)
    # Said outright, because the one that is derived would look for duplicates, outside every scope.
    number = serializers.CharField(read_only=True)
    status_label = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = (
            "id",
            "jurisdiction",
            "call_id",
            "track_key",
            "organisation",
            "number",
            "status",
            "status_label",
            "submitted_at",
        )

    def get_status_label(self, application: Application) -> str:
        """Return the word this reader sees for the status; a unit is not told a review's outcome before it is public."""
        actor: Any = self.context["request"].actor
        return application.bureau_label if actor.can("application.read") else application.applicant_label

    def to_representation(self, instance: Application) -> dict[str, Any]:
        """Leave the inner status out for everyone but the bureau."""
        shown = super().to_representation(instance)
        if not self.context["request"].actor.can("application.read"):
            shown.pop("status")
        return shown


class ReportSerializer(serializers.Serializer[Any]):
    """A periodic report a base owes: about what, due when, how it stands."""

    base = serializers.IntegerField(source="base.pk")
    base_name = serializers.CharField(source="base.name")
    jurisdiction = serializers.CharField(source="base.jurisdiction.code")
    report = serializers.CharField(source="entry.report.key")
    title = serializers.CharField(source="entry.report.title")
    period_start = serializers.DateField(source="entry.period.start")
    period_end = serializers.DateField(source="entry.period.end")
    opens_on = serializers.DateField(source="entry.opens_on")
    due_on = serializers.DateField(source="entry.due_on", allow_null=True)
    state = serializers.CharField(source="entry.state")
    state_label = serializers.CharField(source="entry.word")
    late = serializers.BooleanField(source="entry.late", allow_null=True)
    submitted_at = serializers.DateTimeField(source="entry.submitted_at", allow_null=True)
    problem = serializers.CharField(source="entry.problem")
