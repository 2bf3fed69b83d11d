"""The vocabulary in which a policy is written down: frozen declarations and the pure arithmetic over them.

Nothing here imports Django or any third-party package, and nothing here names a jurisdiction.
"""
