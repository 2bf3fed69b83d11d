"""What an uploaded file is, judged by its content: kind, pages, hash, and what is wrong with it in words a person can act on.

No models and no storage: `inspecting.inspect` reads a file and returns an `Inspection`; `pdf.sanitise` makes a copy of a
PDF without anything that acts by itself.
"""
