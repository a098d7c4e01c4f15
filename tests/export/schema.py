# SPDX-License-Identifier: GPL-2.0
"""Validates documents against the schemas of docs/schema/, and reports test results."""
import json
import os

import jsonschema

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMAS = os.path.join(HERE, "..", "..", "docs", "schema")


def report(name, wrong):
    """`wrong`: the problems found; empty: the test passes."""
    print(("not ok - " if wrong else "ok - ") + name)
    for line in str(wrong).splitlines() if wrong else []:
        print("#   " + line[:2000])


def same(name, expected, actual):
    report(name, "" if expected == actual else "expected %r\ngot      %r" % (expected, actual))


def load(name, own=""):
    """The schema, with references into the two that others refer to; `own` names its definitions."""
    with open(os.path.join(SCHEMAS, name)) as file:
        text = file.read().replace('"#/$defs/', '"#/$defs/' + own)
    return json.loads(text.replace('"allocwatch-1.json#/', '"#/')
                      .replace('"allocwatch-blockers-1.json#/$defs/', '"#/$defs/blockers.'))


PARTS = ("allOf", "anyOf", "oneOf", "if", "then", "else")


def shared(schema, inside=False):
    """The definitions that are only a part of an object: those which a list of PARTS refers to."""
    if isinstance(schema, list):
        return set().union(*(shared(one, inside) for one in schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"].rsplit("/", 1)[1]} if inside and "$ref" in schema else set()
    return own.union(*(shared(value, key in PARTS) for key, value in schema.items()))


def closed(schema, parts, name=None):
    """A key that is not described is wrong in a test, though readers have to accept new keys."""
    if isinstance(schema, list):
        return [closed(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    part = {key: value if key in PARTS else closed(value, parts, key) for key, value in schema.items()}
    described = "properties" in part or "allOf" in part
    if described and name not in parts and "additionalProperties" not in part:
        part["unevaluatedProperties"] = False
    return part


def validator(name):
    """Resolves references between the schemas, because every version of jsonschema does it differently."""
    schema = load(name)
    blockers = load("allocwatch-blockers-1.json", "blockers.")["$defs"]
    schema["$defs"] = {**load("allocwatch-1.json")["$defs"], **{"blockers." + key: one for key, one in blockers.items()},
                       **schema.get("$defs", {})}
    cls = jsonschema.Draft202012Validator
    cls.check_schema(schema)
    return cls(closed(schema, shared(schema)))


def invalid(schema, value):
    return "\n".join("%s: %s" % ("/".join(map(str, e.absolute_path)), e.message[:300])
                     for e in list(schema.iter_errors(value))[:5])
