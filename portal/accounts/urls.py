"""Addresses."""

from django.urls import path

from portal.accounts.views import (
    invitations,
    members,
    passwords,
    profile,
    registration,
    reveal,
    reviews,
    second_factor,
    session,
    unit,
)

app_name = "accounts"
urlpatterns = [
    path("login/", session.sign_in, name="login"),
    path("logout/", session.sign_out, name="logout"),
    path("switch/", session.switch, name="switch"),
    path("profile/", profile.profile, name="profile"),
    path("password/", passwords.password, name="password"),
    path("password/forgot/", passwords.forgot, name="forgot"),
    path("password/reset/<str:uid>/<str:token>/", passwords.reset, name="reset"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("register/", registration.register, name="register"),
    path("registration/", registration.standing, name="standing"),
    path("registration/amend/", registration.amend, name="amend"),
    path("unit/", unit.unit, name="unit"),
    path("unit/change/", unit.change, name="unit_change"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite_member, name="invite"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/phone/", reveal.reveal, name="reveal"),
    path("invitations/<int:pk>/cancel/", members.cancel, name="cancel_invitation"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("registrations/", reviews.registrations, name="registrations"),
    path("registrations/<int:pk>/", reviews.registration, name="registration"),
]
