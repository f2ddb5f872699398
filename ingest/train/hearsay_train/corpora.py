"""All corpora by name, and how often each is read in one epoch (an epoch reads PolNeAR once)."""
from . import coref, names, own, polnear

OWN_PASSES, TRAIN_GENRES = 5, None
DEV_GENRES = ("news", "interview", "speech", "court")


def train(data, vocabulary):
    """{name: (documents, passes an epoch)}."""
    return {
        "polnear": (list(polnear.read(f"{data}/attribution/polnear", "train", vocabulary, every_annotator=True)), 1.0),
        "own": (list(own.read("train", vocabulary)), OWN_PASSES),
        "uner": (list(names.uner(f"{data}/nlp/uner-ewt/en_ewt-ud-train.iob2", vocabulary)), 0.8),
        "redocred": (list(names.redocred(f"{data}/nlp/redocred/dev_revised.json", vocabulary)), 0.2),
        "ontogum": (list(coref.ontogum(f"{data}/nlp/ontogum", f"{data}/nlp/gum", "train", vocabulary, TRAIN_GENRES)), 1.0),
        "litbank": (list(coref.litbank(f"{data}/nlp/litbank", vocabulary)), 0.1),
    }
