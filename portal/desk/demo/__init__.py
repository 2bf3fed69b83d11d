"""The demonstration: invented units and people, carried through the real services to every stage of a procedure.

Made once for each jurisdiction that offers samples; loading it again changes nothing. It works on any day of any year: a
year whose official calendar is not out gets one marked as a demonstration.
"""
