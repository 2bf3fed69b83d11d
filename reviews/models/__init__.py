"""Experts, panels, visits, opinions, shortlists, public notices, objections and recognition."""

from reviews.models.conflict import ConflictAlarm
from reviews.models.draw import Draw, RecusalRequest, Substitution
from reviews.models.meeting import Attendance, Meeting, MeetingItem
from reviews.models.notice import Objection, ObjectionFile, PublicNotice
from reviews.models.panel import Expert, Opinion, Panel, PanelMember
from reviews.models.paper import PaperEntry
from reviews.models.recognition import Recognition, RecognitionEntry
from reviews.models.recommendation import (
    GivenUpPlace,
    Justification,
    Recommendation,
    RecommendationEntry,
    StampedPaper,
    Verification,
)
from reviews.models.selection import Placement, PlacesMoved, Selection
from reviews.models.sheet import OpinionVersion, OutlierNote, SheetEntry
from reviews.models.shortlist import Shortlist, ShortlistEntry
from reviews.models.tip import Tip
from reviews.models.visit import TravelTime, Visit, VisitPhoto, VisitRecord

__all__ = [
    "Attendance",
    "ConflictAlarm",
    "Draw",
    "Expert",
    "GivenUpPlace",
    "Justification",
    "Meeting",
    "MeetingItem",
    "Objection",
    "ObjectionFile",
    "Opinion",
    "OpinionVersion",
    "OutlierNote",
    "Panel",
    "PanelMember",
    "PaperEntry",
    "Placement",
    "PlacesMoved",
    "PublicNotice",
    "Recognition",
    "RecognitionEntry",
    "Recommendation",
    "RecommendationEntry",
    "RecusalRequest",
    "Selection",
    "SheetEntry",
    "Shortlist",
    "ShortlistEntry",
    "StampedPaper",
    "Substitution",
    "Tip",
    "TravelTime",
    "Verification",
    "Visit",
    "VisitPhoto",
    "VisitRecord",
]
