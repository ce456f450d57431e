"""Makes the weights of the urgency classifiers again out of `examples/`."""
