"""From HTML to PDF, and nothing else: no models, no requests, no network.

`compose` renders a template into one self-contained HTML text; `engine.render` turns that text into a PDF, the same
bytes every time. What is stored is the HTML, and the PDF follows from it.
"""
