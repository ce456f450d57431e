"""Teaches the classifier of intents again."""
