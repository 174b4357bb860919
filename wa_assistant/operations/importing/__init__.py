"""Participants come from a file, CSV or XLSX, and go into one: an import, and an export.

An import goes on in steps, each of which is many short writing units, so that messages are taken in
meanwhile and a worker that is killed loses nothing: `look` reads the file and says what would
change, `apply` does that once a person has said so, `undo` takes it back for a week, and `forget`
removes the file and its lines.
"""
