"""GEXF 1.2: the network of actors, for Gephi and networkx.

In: a case, filters. Out: XML: actors as nodes, "is told to have done something to" as directed edges, one for each type
of incident. Never: an edge weighed by copies (its weight counts origins), nor one without a telling to look it up in.
"""

from typing import TextIO
from xml.sax.saxutils import quoteattr

from sqlalchemy import Connection

from rashomon.present.exports.clean import clean
from rashomon.present.exports.edges import count_edges
from rashomon.present.exports.load import iter_told
from rashomon.present.filters import Filters

NODE_ATTRIBUTES = (("kind", "string"), ("state", "boolean"))
EDGE_ATTRIBUTES = (("type", "string"), ("origins", "integer"), ("tellings", "integer"), ("first_telling", "string"))

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<meta><creator>rashomon</creator><description>Who is told to have done something to whom; nothing here is asserted by \
the program.</description></meta>
<graph mode="static" defaultedgetype="directed">
"""


def write_gexf(connection: Connection, filters: Filters, out: TextIO) -> int:
    """Write the network; returns how many edges it has."""
    with count_edges() as counter:
        for told in iter_told(connection, filters):
            counter.count(told)
        out.write(_HEAD + _attributes("node", NODE_ATTRIBUTES) + _attributes("edge", EDGE_ATTRIBUTES) + "<nodes>\n")
        for node in counter.iter_nodes(connection):
            values = _values((node.kind, "true" if node.state else "false"))
            out.write(f"<node id={_quote(node.id)} label={_quote(node.name)}>{values}</node>\n")
        out.write("</nodes>\n<edges>\n")
        count = 0
        for count, edge in enumerate(counter.iter_edges(), start=1):
            values = _values((edge.type, str(edge.origins), str(edge.tellings), edge.first))
            ends = f"source={_quote(edge.a)} target={_quote(edge.b)}"
            out.write(f'<edge id="{count}" {ends} weight="{edge.origins}" label={_quote(edge.type)}>{values}</edge>\n')
        out.write("</edges>\n</graph>\n</gexf>\n")
    return count


def _attributes(of: str, named: tuple[tuple[str, str], ...]) -> str:
    lines = "".join(f'<attribute id="{i}" title="{name}" type="{kind}"/>' for i, (name, kind) in enumerate(named))
    return f'<attributes class="{of}">{lines}</attributes>\n'


def _values(values: tuple[str, ...]) -> str:
    held = "".join(f'<attvalue for="{i}" value={_quote(value)}/>' for i, value in enumerate(values))
    return f"<attvalues>{held}</attvalues>"


def _quote(words: str) -> str:
    r"""An attribute's value.

    >>> _quote('a "b" <c>\n&\x00')
    '"a &quot;b&quot; &lt;c&gt; &amp;\ufffd"'
    """
    return quoteattr(clean(words).replace("\n", " ").replace("\r", " ").replace("\t", " "), {'"': "&quot;"})
