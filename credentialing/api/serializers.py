"""Shapes of what the API reads and answers."""

from typing import Any

from rest_framework import serializers

from credentialing.forms import CASE_REFERENCE_LEAST, JUSTIFICATION_LEAST, PurposeForm
from credentialing.models import Activity, Purpose


class CredentialsSerializer(serializers.Serializer[Any]):
    """Both factors at once."""

    username = serializers.CharField(max_length=60)
    password = serializers.CharField(max_length=200, trim_whitespace=False)
    totp = serializers.RegexField(r"^[0-9]{6}$")


class TokenSerializer(serializers.Serializer[Any]):
    """The token, shown this once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


class PurposeSerializer(serializers.ModelSerializer[Purpose]):
    """A declared purpose; its `id` goes into the header X-Purpose of every consultation."""

    activity = serializers.ChoiceField(choices=Activity.choices)
    case_reference = serializers.CharField(min_length=CASE_REFERENCE_LEAST, max_length=80)
    justification = serializers.CharField(min_length=JUSTIFICATION_LEAST, max_length=500)

    class Meta:
        model = Purpose
        fields = ["id", "activity", "case_reference", "justification", "created_at", "expires_at"]
        read_only_fields = ["id", "created_at", "expires_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The page's form has the last word, so that both doors ask the same. The context has the `user`."""
        form = PurposeForm(attrs, user=self.context["user"])
        if not form.is_valid():
            raise serializers.ValidationError(
                {name: [str(error) for error in errors] for name, errors in form.errors.items()}
            )
        return dict(form.cleaned_data)
