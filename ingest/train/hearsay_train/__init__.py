"""Trains Hearsay's extraction model: corpora in, one weights file out.  Never needed to build or run the product."""
