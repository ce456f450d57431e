"""The models that read text: the embedder, the packaged weights, and the prompts that families of models expect."""
