"""How a pairing ends, goes on, or is looked after: what answers and wishes about it come to. When its letters are due
stands in `core.stages`."""
