"""Tokens and purposes. The default permission (whoever may consult people) holds unless a view says otherwise."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from knox.models import AuthToken
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from credentialing import actors, clients, lockout, policy
from credentialing.api.serializers import CredentialsSerializer, PurposeSerializer, TokenSerializer
from credentialing.authentication import VerifiedTokenAuthentication
from credentialing.models import Purpose, User
from credentialing.permissions import IsVerified
from credentialing.roles import Permission
from credentialing.services import login as proofs
from credentialing.services import purposes, tokens


class TokensView(APIView):
    """Issue a token to a person, or revoke the one presented."""

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Issuing reads nothing but the body: a session or token that comes along must not matter.
        return [] if self.request is not None and self.request.method == "POST" else [VerifiedTokenAuthentication()]

    def get_permissions(self) -> list[AllowAny | IsVerified]:
        return [AllowAny()] if self.request.method == "POST" else [IsVerified()]

    @extend_schema(request=CredentialsSerializer, responses={201: TokenSerializer}, auth=[])
    def post(self, request: Request) -> Response:
        """Exchange password and verification code for a token. The CPF of an operator is never asked."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = self._proven(request, **given.validated_data)
        clients.require(clients.presented(request), user)
        actor = actors.as_user(actors.from_request(request, Channel.API), user)
        try:
            token, secret = tokens.issue(user=user, by=actor)
        except tokens.TooManyTokens:
            raise PermissionDenied("Limite de credenciais ativas atingido: revogue uma com DELETE.") from None
        answer = TokenSerializer({"token": secret, "expires_at": token.expiry})
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: OpenApiResponse(description="Credencial revogada.")})
    def delete(self, request: Request) -> Response:
        """Revoke the token this request came with."""
        token = request.auth
        if isinstance(token, AuthToken):
            tokens.revoke(token=token, by=actors.from_request(request, Channel.API))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _proven(self, request: Request, *, username: str, password: str, totp: str) -> User:
        origin = actors.from_request(request, Channel.API)
        try:
            user = proofs.check_password(username=username, password=password, by=origin)
            proofs.check_code(user, totp, by=origin)
        except proofs.LoginRefused as refusal:
            if refusal.locked:
                raise Throttled(wait=lockout.WINDOW_S) from None
            raise AuthenticationFailed from None
        if not policy.allows(user, Permission.CONSULT_PEOPLE):
            raise PermissionDenied
        return user


class PurposesView(APIView):
    """The purposes a consultation through the API relies on (header X-Purpose)."""

    @extend_schema(responses=PurposeSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Your own purposes that are open now."""
        own = [purpose for purpose in Purpose.objects.filter(user=request.user.pk, closed_at=None) if purpose.is_open]
        return Response(PurposeSerializer(own, many=True).data)

    @extend_schema(request=PurposeSerializer, responses={201: PurposeSerializer})
    def post(self, request: Request) -> Response:
        """Declare why you are about to consult."""
        assert isinstance(request.user, User)  # the default permission has asked
        given = PurposeSerializer(data=request.data, context={"user": request.user})
        given.is_valid(raise_exception=True)
        by = actors.from_request(request, Channel.API)
        purpose = purposes.declare(user=request.user, by=by, **given.validated_data)
        return Response(PurposeSerializer(purpose).data, status=status.HTTP_201_CREATED)
