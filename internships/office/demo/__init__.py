"""The sample university: files in `sample/`, moved to the present week and written down."""
