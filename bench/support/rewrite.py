"""Reads JSON lines {"source", "entry", "mode"} and writes each program rewritten, as JSON lines of texts.
Programs are parsed and never run. Written with Python's own parser, so that what rewrites here shares
nothing with what finds it again."""

import ast
import builtins
import json
import re
import sys


class Rename(ast.NodeTransformer):
    def __init__(self, tree):
        self.names = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                self.bind(node.name)
            elif isinstance(node, ast.arg):
                self.bind(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bind(node.id)

    def bind(self, name):
        if not hasattr(builtins, name):
            self.names.setdefault(name, "quantity_%d" % len(self.names))

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.name = self.names.get(node.name, node.name)
        node.returns = None
        return node


def without_docstrings(tree, words=None):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
            if words is not None:
                node.body.insert(0, ast.Expr(ast.Constant(words)))
    return tree


def loosened(tree):
    """One more statement in each function, and each returned expression kept in a name first."""
    class Loosen(ast.NodeTransformer):
        def visit_Return(self, node):
            if node.value is None or isinstance(node.value, (ast.Name, ast.Constant)):
                return node
            kept = ast.Assign([ast.Name("kept", ast.Store())], node.value, lineno=0)
            return [kept, ast.Return(ast.Name("kept", ast.Load()))]

    return ast.fix_missing_locations(Loosen().visit(tree))


def rewritten(source, mode):
    tree = ast.parse(source)
    if mode == "reformatted":
        return re.sub(r"(?m)^( +)", lambda found: found[1][: len(found[1]) // 2], ast.unparse(without_docstrings(tree)))
    if mode == "reworded":
        text = ast.unparse(without_docstrings(tree, "Does what the exercise of this unit asks for."))
        return re.sub(r"(?m)^(    +)(\w)", r"\1# next step\n\1\2", text, count=3)
    tree = without_docstrings(tree)
    if mode == "loosened":
        tree = loosened(tree)
    return ast.unparse(Rename(tree).visit(tree))


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(rewritten(asked["source"], asked["mode"])))
