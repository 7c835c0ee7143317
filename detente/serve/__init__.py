"""A coded report comes in, something for people to look at goes out. Nothing here reads or changes a reading."""
