"""One panel for all files of a call, with habits of their own: what the score matrix of a demonstration has to show.

The first file's experts are drawn, and score the others too; one is harsh, one lenient, and once one stands far off, which the
chair explains.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from applications.models import Application
from portal.accounts.actor import Actor
from portal.calendars import clock
from portal.desk.demo import reviewing
from portal.desk.demo.filing import Cast
from reviews.models import Expert, Panel, PanelMember
from reviews.selectors.outliers import find_outliers
from reviews.selectors.scores import SheetLine, sheet_lines
from reviews.services import opinions
from reviews.services.outliers import explain_outliers

HARSH, LENIENT, FAR_OFF = 1, 2, (1, 3)  # places on the panel from 0; for the last one, a file and a place
MEASURES = (2, 0, 5, 3, 6, 1, 4, 7)  # how far the files are below the maximum, in steps an item, by their number
REASON = "按评分标准逐项核对，佐证材料尚不充分，酌情扣分。"
PRAISE = "该项佐证材料齐全，现场核实情况好于同类单位。"
EXPLAINED = "该专家现场发现部分设备系租用且工位不足，扣分较多；经专家组合议，扣分有据，予以保留。"


class OnePanel:
    """Reviews one file after the other with the experts drawn for the first."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.chosen: list[Expert] = []

    def review(self, application: Application, number: int, day: datetime) -> None:
        """Carry a file from its panel, convened on `day`, to the end of its review within three weeks."""
        cast = self.cast
        if self.chosen:
            panel = reviewing.convene(cast, application, self.chosen, day + timedelta(hours=1))
        else:
            panel = reviewing.convene_drawn(cast, application, day)
            self.chosen = [member.expert for member in panel.members.select_related("expert")]
        reviewing.declare(cast, panel, day + timedelta(days=1))
        if panel.rule.on_site:
            reviewing.visit(cast, panel, day + timedelta(days=2), day + timedelta(days=7 + number), done=True)
        with clock.travel(day + timedelta(days=16)):
            for place, member in enumerate(panel.members.select_related("expert")):
                self._hand_in(panel, member, number, place)
        with clock.travel(day + timedelta(days=17)):
            self._explain(opinions.unseal(panel=panel, by=cast.officer))
        with clock.travel(day + timedelta(days=18)):
            opinions.finish_review(panel=panel, conclusion="专家组一致建议认定。", by=cast.officer)

    def _hand_in(self, panel: Panel, member: PanelMember, number: int, place: int) -> None:
        scores, remarks = {}, {}
        for line in sheet_lines(panel):
            points = _points(line, number, place)
            scores[line.key] = str(points)
            if line.proposal is None and line.remark_below is not None and points < line.remark_below:
                remarks[line.key] = REASON
            if line.proposal is None and line.remark_above is not None and points > line.remark_above:
                remarks[line.key] = PRAISE
        opinions.submit_opinion(
            member=member, conclusion="recommend", text=reviewing.OPINION.format(reviewing.CLOSING["recommend"]),
            scores=scores, remarks=remarks, signature=f"typed:{member.expert.name}", by=self._actor(member),
        )  # fmt: skip

    def _explain(self, panel: Panel) -> None:
        far = [each for each in find_outliers(panel) if each.must]
        if far:
            chair = panel.members.select_related("expert").get(chair=True)
            explain_outliers(panel=panel, texts={each.key: EXPLAINED for each in far}, by=self._actor(chair))

    def _actor(self, member: PanelMember) -> Actor:
        return next(actor for actor in self.cast.experts if actor.user == member.expert.user)


def _points(line: SheetLine, number: int, place: int) -> Decimal:
    """Return the points of an item: what the portal proposes, else so many steps below the maximum."""
    if line.proposal is not None:
        return line.proposal
    below = MEASURES[number % len(MEASURES)] + (number * 2 + place + line.item.number) % 3
    below += 3 if place == HARSH else -3 if place == LENIENT else 0
    below += 7 if (number, place) == FAR_OFF else 0
    return max(line.item.step, line.maximum - line.item.step * max(0, below))
