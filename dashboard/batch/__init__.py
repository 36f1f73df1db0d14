"""The files of one meeting, made together from one generation into one folder. One module a step.

``plan`` says which files there are to be, ``making`` makes them, ``index`` writes what they are, ``folder`` has them
appear all at once or not at all.
"""
