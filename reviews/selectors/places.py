"""How many places each cell has, moves included."""

from reviews.models import Selection


def places_now(selection: Selection) -> dict[str, int]:
    """Return the places of each cell, moves included."""
    settings = selection.call.setting_values
    places = {cell.key: int(settings[cell.places_setting]) for cell in selection.call.edition.cells}
    for moved in selection.moves.all():
        places[moved.source] -= moved.places
        places[moved.target] += moved.places
    return places
