from importlib import import_module

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
    label = "reviews"
    verbose_name = "评审"

    def ready(self) -> None:
        """Connect the receivers and say who may open documents and files."""
        import_module("reviews.receivers")
        import_module("reviews.access").register_deciders()

        from applications.selectors.additions import register
        from reviews.selectors.tier_desk import tier_additions

        register(tier_additions)
