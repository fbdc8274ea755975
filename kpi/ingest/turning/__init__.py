"""Tables with periods, areas or groups as columns, turned so that each figure is a row."""
