"""Reads exported GraphML with the programs people use, and compares with what was written.

usage: export_readers.py DIRECTORY     (made by export_samples)

NetworkX and igraph are Debian packages that the setup script installs: it is an error if they are
missing.  The schema is not part of this project: without it that check is left out, and says so.
"""
import json
import pathlib
import re
import subprocess
import sys

try:
    import igraph
    import networkx
except ImportError as error:
    sys.exit(f"{error}: apt-get install python3-networkx python3-igraph")

DIRECTORY = pathlib.Path(sys.argv[1])
SCHEMAS = pathlib.Path("../shared/data/ingest/schemas/graphml-1.0")
problems = []


def check(condition, message):
    if not condition:
        problems.append(message)


def check_networkx(path, expected):
    graph = networkx.read_graphml(path)
    name = f"{path.name}: NetworkX"
    check(graph.is_directed(), f"{name}: not directed")
    check(graph.number_of_nodes() == expected["nodes"],
          f"{name}: {graph.number_of_nodes()} nodes, not {expected['nodes']}")
    check(graph.number_of_edges() == expected["edges"],
          f"{name}: {graph.number_of_edges()} edges, not {expected['edges']}")
    for node, data in graph.nodes(data=True):
        check(re.fullmatch("[0-9a-f]{32}", node), f"{name}: node id {node}")
        check(data.get("label", "").strip(), f"{name}: node {node} has no label")
        check(len(data["label"]) <= 41, f"{name}: the label of {node} is long")
        check(data.get("kind"), f"{name}: node {node} has no kind")
        check(re.fullmatch("#[0-9a-f]{6}", data.get("color", "")), f"{name}: {node} has no colour")
        check(("date" in data) == ("date_ms" in data), f"{name}: half a date at {node}")
    for src, dst, data in graph.edges(data=True):
        check(data.get("weight", 0) > 0, f"{name}: weight of {src} {dst}")
        check(data.get("label") and data.get("kind") == data.get("label"), f"{name}: {src} {dst}")
        check(re.fullmatch("#[0-9a-f]{6}", data.get("color", "")), f"{name}: {src} {dst} colour")
    sizes = [data.get("size") for _, data in graph.nodes(data=True)]
    check(not sizes or None in sizes, f"{name}: all nodes have a size, so Gephi scales them")
    return graph


def check_igraph(path, expected):
    graph = igraph.Graph.Read_GraphML(str(path))
    name = f"{path.name}: igraph"
    check(graph.is_directed(), f"{name}: not directed")
    check(graph.vcount() == expected["nodes"], f"{name}: {graph.vcount()} nodes")
    check(graph.ecount() == expected["edges"], f"{name}: {graph.ecount()} edges")
    if graph.vcount():
        check(all(label.strip() for label in graph.vs["label"]), f"{name}: an empty label")
    return graph


def check_strings(networkx_graph, igraph_graph, expected):
    """Every text arrives in both, bytes as they were."""
    for name, texts in (
            ("NetworkX", {d.get("text") for _, d in networkx_graph.nodes(data=True)}),
            ("igraph", set(igraph_graph.vs["text"]))):
        for text in expected["texts"]:
            check(text in texts, f"strings.graphml: {name}: lost {text[:40]!r}")
    types = next(d for _, d in networkx_graph.nodes(data=True) if "flag" in d)
    for key, value in {
            "flag": True, "count": 2**63 - 1, "share": 0.1 + 0.2, "tiny": 1e-300,
            "mixed": 1.0, "kind": "Thing", "kind_property": "own", "Color_property": "#123456",
            "weight_property": 0, "x_property": 3.5, "timeset_property": "now",
            "day": "2022-01-08", "list": '[1,"two",3.5,[],null]', "map": '{"k":"v"}'}.items():
        check(types.get(key) == value, f"strings.graphml: {key} is {types.get(key)!r}")
    check("empty" not in types and "endless" not in types, "strings.graphml: a value that is none")
    named = {k: types[k] for k in types if k.lower().startswith("a_b")}
    check(named == {"A_B": 3, "a_b_2": 1, "a_b_3": 2}, f"strings.graphml: like names: {named}")
    edges = [d for _, _, d in networkx_graph.edges(data=True) if "DENIED" in d["kind"]]
    check(len(edges) == 1 and edges[0]["kind"] == "DENIED+SAID" and edges[0]["weight"] == 3,
          "strings.graphml: parallel edges were not combined")
    listed = json.loads(edges[0]["edges"])
    check(sorted(e.get("properties", {}).get("cue", "") for e in listed) == ["", "denied", "said"],
          "strings.graphml: a combined edge lost its words")


def check_head(path):
    """What Gephi needs of the file's form."""
    text = path.read_bytes()
    head = text[:text.index(b"<graph ")].decode()
    check(text.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml '), f"{path}: head")
    check("<!DOCTYPE" not in head and "<default" not in head and "<desc" not in head,
          f"{path}: something Gephi stumbles over")
    check(text.count(b"<key ") == head.count("<key "), f"{path}: keys after the graph")
    ids = re.findall(r'<key id="([^"]*)" for="(node|edge)" attr.name="[^"]+" '
                     r'attr.type="(boolean|long|double|string)"/>', head)
    check(len(ids) == head.count("<key "), f"{path}: a key of another form")
    lower = [i[0].lower() for i in ids]
    check(len(set(lower)) == len(lower), f"{path}: key ids that differ in case only")
    check(b'edgedefault="directed"' in text, f"{path}: edgedefault")
    check(b"\r" not in text, f"{path}: a raw carriage return")


def check_schema(path):
    """xmllint against the GraphML schema, offline."""
    run = subprocess.run(
        ["xmllint", "--nonet", "--huge", "--noout", "--schema", SCHEMAS / "graphml.xsd", path],
        capture_output=True, text=True, check=False)
    check(run.returncode == 0, f"{path.name}: schema: {run.stderr[:2000]}")


expected_of = json.loads((DIRECTORY / "expected.json").read_text())
for file_name, what in sorted(expected_of.items()):
    file = DIRECTORY / file_name
    check_head(file)
    in_networkx = check_networkx(file, what)
    in_igraph = check_igraph(file, what)
    if file_name == "strings.graphml":
        check_strings(in_networkx, in_igraph, what)
        check(what["replaced"] == 8, f"{file_name}: {what['replaced']} characters replaced, not 8")
    if SCHEMAS.exists():
        check_schema(file.resolve())
check(expected_of["news.graphml"]["edges"] + expected_of["news.graphml"]["combined"] ==
      expected_of["news_all_edges.graphml"]["edges"], "combining lost edges")
if not SCHEMAS.exists():
    print(f"SKIPPED: {SCHEMAS} is not there, so no file was checked against the GraphML schema")
for problem in problems[:40]:
    print(problem)
print(f"{len(expected_of)} files, {len(problems)} problems")
sys.exit(bool(problems))
