from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    label = "assessments"
    verbose_name = "基地"

    def ready(self) -> None:
        """Connect the receivers, say who may open files, and what panels that assess bases are told, and of whom."""
        import_module("assessments.receivers")
        import_module("assessments.access").register_deciders()
        occasions = import_module("reviews.selectors.occasions")
        record = import_module("assessments.selectors.rounds_record")
        occasions.register_occasion("assessment", record.about_panels)
        import_module("reviews.selectors.judged").register_holders("assessment", record.holders)
