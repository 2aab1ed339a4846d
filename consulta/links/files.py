"""A neighbourhood as a file: CSV for tables, GraphML for tools of analysis. Both say who took it and the receipt."""

import csv
import io
from typing import Final
from xml.etree import ElementTree

from consulta.access import Access
from consulta.links import present
from registry.selectors.links import Neighbourhood
from registry.values.names import legible

_HEADER: Final = ("pessoa", "nome", "condição", "vínculo", "parentesco", "quantidade", "de", "até", "força", "estados")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_KEYS: Final = {
    "name": ("node", "string"), "kind": ("node", "string"), "relation": ("edge", "string"), "link": ("edge", "string"),
    "strength": ("edge", "int"), "amount": ("edge", "int"), "since": ("edge", "string"), "last": ("edge", "string"),
}  # fmt: skip


def stamp(access: Access) -> str:
    """Who took the file, for the file itself."""
    user = access.user
    return f"{user.full_name} · {user.agency} · recibo {access.receipt} · uso restrito; ligação não é prova"


def as_csv(found: Neighbourhood, access: Access) -> bytes:
    """One line for each link, semicolons between, UTF-8 with a mark, as spreadsheets in Brazil read it."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow([_cell(stamp(access))])
    lines.writerow(_HEADER)
    for tie in found.rows:
        node = found.nodes[tie.b]
        kinships = present.relation(tie) if tie.kinships else ""
        seen = present.person(node)
        dates = [moment.isoformat() if moment else "" for moment in (tie.since, tie.last)]
        cells = [node.public_id, legible(node.name), seen["kinds"], tie.kind.label, kinships, tie.amount, *dates]
        lines.writerow([_cell(str(cell)) for cell in (*cells, tie.strength, ", ".join(node.ufs))])
    return text.getvalue().encode("utf-8-sig")


def as_graphml(found: Neighbourhood, access: Access) -> bytes:
    """Nodes by public id, an edge for each link."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    ElementTree.SubElement(root, "desc").text = stamp(access)
    for name, (of, kind) in _KEYS.items():
        ElementTree.SubElement(root, "key", {"id": name, "for": of, "attr.name": name, "attr.type": kind})
    tree = ElementTree.SubElement(root, "graph", edgedefault="undirected")
    shown = dict.fromkeys([found.focus.id, *(tie.b for tie in found.rows)])
    for node in (found.nodes[one] for one in shown):
        element = ElementTree.SubElement(tree, "node", id=str(node.public_id))
        _data(element, name=legible(node.name), kind=str(present.person(node)["kinds"]))
    for tie in found.rows:
        ends = {"source": str(found.focus.public_id), "target": str(found.nodes[tie.b].public_id)}
        element = ElementTree.SubElement(tree, "edge", ends)
        _data(
            element, relation=present.relation(tie), link=tie.kind.label, strength=str(tie.strength),
            amount=str(tie.amount), since=str(tie.since or ""), last=str(tie.last or ""),
        )  # fmt: skip
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _data(element: ElementTree.Element, **values: str) -> None:
    for name, value in values.items():
        if value:
            # XML has no place for control characters, which states do send.
            ElementTree.SubElement(element, "data", key=name).text = "".join(filter(str.isprintable, value))


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
