"""Holds IATI activities on stdin to the official standard 2.03 as the package pyIATI carries it: the schema of 19 February
2018, its code lists by their mapping, and its rules. Prints as JSON everything that breaks one; nothing is kept here."""

import datetime
import importlib.util
import json
import pathlib
import re
import sys

from lxml import etree

# Only its files are wanted, so it is found and not run.
STANDARD = pathlib.Path(importlib.util.find_spec("iati").origin).parent / "resources/standard/2-03"


# What came into lists that others keep after that package was made: the vocabularies of the Sustainable Development Goals,
# and the DAC's purpose code of migration and mobility.
LATER = {"TagVocabulary": {"2", "3"}, "Sector": {"15190"}}


def schema(document):
    found = etree.XMLSchema(etree.parse(STANDARD / "schemas/iati-activities-schema.xsd"))
    found.validate(document)
    return ["schema, line %d: %s" % (error.line, error.message) for error in found.error_log]


def codes(document):
    """Every code that a list names, under the condition of its mapping."""
    lists = {}
    for mapping in etree.parse(STANDARD / "codelist-mapping.xml").iter("mapping"):
        name, condition = mapping.find("codelist").get("ref"), mapping.findtext("condition")
        if name not in lists:
            known = etree.parse(STANDARD / "codelists" / (name + ".xml"))
            lists[name] = {code.text.strip() for code in known.iterfind(".//codelist-item/code")} | LATER.get(name, set())
        for code in document.xpath(mapping.findtext("path")):
            element = code.getparent()
            if code not in lists[name] and (condition is None or element.xpath("boolean(%s)" % condition)):
                yield "code, line %d: %s %s is not in %s" % (element.sourceline, element.tag, code, name)


def text(node):
    return str(node if isinstance(node, str) else node.text or "")


def day(element, path):
    if path == "NOW":
        return datetime.date.today().isoformat()
    return min((text(node)[:10] for node in element.xpath(path)), default=None)


def broken(element, rule, case):
    paths = case.get("paths", [])
    nodes = [node for path in paths for node in element.xpath(path)]
    if rule == "atleast_one":
        return not nodes
    if rule == "no_more_than_one":
        return len(nodes) > 1
    if rule == "date_order":
        less, more = day(element, case["less"]), day(element, case["more"])
        return less is not None and more is not None and less > more
    if rule == "regex_matches":
        return any(not re.fullmatch(case["regex"], text(node).strip()) for node in nodes)
    if rule == "sum":
        return bool(nodes) and round(sum(float(node) for node in nodes), 2) != case["sum"]
    raise SystemExit("the rule %s is not known here" % rule)


def rules(document):
    for path, told in json.loads((STANDARD / "rulesets/standard_ruleset.json").read_text()).items():
        for element in document.xpath(path):
            for rule, cases in told.items():
                for case in cases["cases"]:
                    if broken(element, rule, case):
                        yield "rule, line %d: %s %s" % (element.sourceline, rule, json.dumps(case))


def places(document):
    """What the mapping says in words: shares of sectors add up within each vocabulary."""
    for activity in document.iter("iati-activity"):
        for vocabulary in {sector.get("vocabulary", "1") for sector in activity.iterfind("sector")}:
            shares = [s.get("percentage") for s in activity.iterfind("sector") if s.get("vocabulary", "1") == vocabulary]
            if len(shares) > 1 and (None in shares or round(sum(map(float, shares)), 2) != 100):
                yield "rule, line %d: the shares of sectors are %s" % (activity.sourceline, shares)


document = etree.fromstring(sys.stdin.buffer.read()).getroottree()
print(json.dumps([*schema(document), *codes(document), *rules(document), *places(document)]))
