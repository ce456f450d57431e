"""From a message to a reply, with the real model and the starter corpus."""

COVERED = [
    "Can I do facial exercises right after Botox?",
    "Is it ok to massage my face after botox injections?",
    "Does exercising the face tighten loose skin?",
    "How long should I keep from lying down after Botox?",
    "My skin sags five months after Botox, is that from the Botox?",
]
OFF_TOPIC = ["How do I bake bread?", "Who won the world cup?", "My car does not start", "Is my knee pain arthritis?"]
