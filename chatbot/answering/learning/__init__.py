"""Makes the weights of the answering classifiers again, out of labels that are not in the repository."""
