"""All corpora by name, and how often each is read in one epoch."""
from . import coref, names, own, polnear, wrap

# "whole" teaches everything from the pretrained encoder; "finish" goes on from its weights with more of what is small; "last" reads what
# was marked since, and more of coreference; "wrapped" teaches nesting from real news, and which phrases are mentions; "grown" is that with
# an own corpus twice as large; "level" gives the other corpora back their share; "full" reads an own corpus larger again.
PLANS = {
    "whole": {"polnear": 1.0, "own": 5, "uner": 0.8, "redocred": 0.2, "ontogum": 1.0, "litbank": 0.1},
    "finish": {"polnear": 0.5, "own": 6, "uner": 3, "redocred": 0, "ontogum": 2, "litbank": 0.1},
    "last": {"polnear": 0.5, "own": 5, "uner": 2, "redocred": 0, "ontogum": 3, "litbank": 0.2},
    "wrapped": {"polnear": 0.35, "wrapped": 0.3, "own": 4, "uner": 3, "ontogum": 4, "litbank": 0.2},
    "grown": {"polnear": 0.4, "wrapped": 0.3, "own": 3, "uner": 3, "ontogum": 4, "litbank": 0.2},
    "level": {"polnear": 0.7, "wrapped": 0.4, "own": 2, "uner": 3, "ontogum": 5, "litbank": 0.2},
    "full": {"polnear": 0.5, "wrapped": 0.35, "own": 2.5, "uner": 2, "ontogum": 3, "litbank": 0.2},
}
DEV_GENRES = ("news", "interview", "speech", "court")


def train(data, vocabulary, plan):
    """{name: (documents, passes an epoch)}."""
    read = {
        "polnear": lambda: polnear.read(f"{data}/attribution/polnear", "train", vocabulary, every_annotator=True),
        "wrapped": lambda: polnear.wrapped(f"{data}/attribution/polnear", wrap.frames(own.passages("train")), vocabulary),
        "own": lambda: own.read("train", vocabulary),
        "uner": lambda: names.uner(f"{data}/nlp/uner-ewt/en_ewt-ud-train.iob2", vocabulary),
        "redocred": lambda: names.redocred(f"{data}/nlp/redocred/dev_revised.json", vocabulary),
        "ontogum": lambda: coref.ontogum(f"{data}/nlp/ontogum", f"{data}/nlp/gum", "train", vocabulary),
        "litbank": lambda: coref.litbank(f"{data}/nlp/litbank", vocabulary),
    }
    return {name: (list(read[name]()), passes) for name, passes in PLANS[plan].items() if passes}
