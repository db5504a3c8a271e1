"""Which second factors a person has, beside their password."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from accounts.models import User

# What is asked at sign-in after the password; a recovery code stands in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What somebody has: an authenticator app or none, passkeys, recovery codes that are left."""

    has_app: bool = False
    passkeys: int = 0
    codes_left: int = 0

    @property
    def any(self) -> bool:
        return self.has_app or self.passkeys > 0


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def second_factors_of(user: User) -> SecondFactors:
    """Ask once for all of them."""
    found = [*Authenticator.objects.filter(user=user)]
    types = [each.type for each in found]
    codes = (
        len(each.wrap().get_unused_codes())
        for each in found
        if each.type == Authenticator.Type.RECOVERY_CODES
    )
    return SecondFactors(
        has_app=Authenticator.Type.TOTP in types,
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        codes_left=next(codes, 0),
    )


def factor_keys(user: User) -> set[int]:
    """Which factors `user` has now, to see whether a page has changed them."""
    factors = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return {*factors.values_list("pk", flat=True)}
